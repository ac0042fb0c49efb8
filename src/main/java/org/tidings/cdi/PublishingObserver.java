package org.tidings.cdi;

import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An observer that is no method. CDI's configurator makes such ones too, but wraps what they throw; an application is
 * to catch the hub's own exceptions out of {@code fire}.
 *
 * <p>Comes after the application's observers: if one of those throws, {@code fire} fails, and nothing is published.
 * Takes part at once, not in a {@link TransactionPhase}: the payload must be written as it is now, and several events
 * would come after completion in an order that is the transaction manager's.
 */
final class PublishingObserver implements ObserverMethod<Object> {
    private static final int AFTER_THE_APPLICATION = DEFAULT_PRIORITY + 1000;

    private final Class<?> payload;
    private final Set<Annotation> qualifiers;
    private final boolean async;
    private final Consumer<EventContext<?>> publishing;

    PublishingObserver(
            Class<?> payload, Set<Annotation> qualifiers, boolean async, Consumer<EventContext<?>> publishing) {
        this.payload = payload;
        this.qualifiers = Set.copyOf(qualifiers);
        this.async = async;
        this.publishing = publishing;
    }

    @Override
    public void notify(EventContext<Object> fired) {
        publishing.accept(fired);
    }

    @Override
    public Class<?> getBeanClass() {
        return StreamedExtension.class;
    }

    @Override
    public Type getObservedType() {
        return payload;
    }

    @Override
    public Set<Annotation> getObservedQualifiers() {
        return qualifiers;
    }

    @Override
    public Reception getReception() {
        return Reception.ALWAYS;
    }

    @Override
    public TransactionPhase getTransactionPhase() {
        return TransactionPhase.IN_PROGRESS;
    }

    @Override
    public int getPriority() {
        return AFTER_THE_APPLICATION;
    }

    @Override
    public boolean isAsync() {
        return async;
    }
}
