package org.tidings.api;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the type of a CDI event that is also published to a topic. CDI delivers the event as ever.
 *
 * <pre>{@code
 * @Streamed(topic = "orders/{orderId}", type = "shipped")
 * public record OrderShipped(long orderId, String carrier) {}
 * }</pre>
 *
 * <p>Fired in a transaction, the event is published if and only if that commits, after the commit; without one at once.
 * The payload is written as JSON (Jakarta JSON Binding) at the moment of {@code fire}; a {@code CharSequence} stays
 * text.
 *
 * <p>The type must be public (JSON Binding writes no other), unless it is a {@code CharSequence}.
 *
 * <p>A stereotype, so that CDI discovers the type in archives with bean discovery mode {@code annotated} too.
 *
 * @since 0.1
 */
@Stereotype
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Streamed {
    /**
     * The topic, in which <code>{property}</code> stands for a property of the payload: a record's component, a getter
     * or a public field, as text, in one segment. A property that the type does not have stops the deployment.
     */
    String topic();

    /** The {@code event:} field; empty: the simple name of the type. */
    String type() default "";
}
