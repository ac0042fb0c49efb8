package org.tidings.report.probe;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.stream.Stream;

/** An object of a server, of which no more is known than what its methods are called. */
public record ForeignObject(Object object) {
    /** What a method without parameters returns. Empty: null, an exception, or there is no such method. */
    public Optional<ForeignObject> call(String method) {
        return types(object.getClass())
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .flatMap(type -> call(type, method).stream())
                .findFirst();
    }

    /** The same as a text. */
    public Optional<String> text(String method) {
        return call(method).map(answer -> answer.object().toString());
    }

    /** Whether it is {@code true}, as a truth value or as the text. */
    public boolean isTrue(String method) {
        return text(method).filter("true"::equals).isPresent();
    }

    /** The classes and interfaces by which it may be called: that of the object itself is often not public. */
    private static Stream<Class<?>> types(Class<?> type) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
        return Stream.concat(Stream.of(type), above.flatMap(ForeignObject::types));
    }

    private Optional<ForeignObject> call(Class<?> type, String method) {
        try {
            return Optional.ofNullable(type.getMethod(method).invoke(object)).map(ForeignObject::new);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }
}
