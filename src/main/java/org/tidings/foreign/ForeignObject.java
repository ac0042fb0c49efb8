package org.tidings.foreign;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** An object of a server, of which no more is known than what its methods are called. */
public record ForeignObject(Object object) {
    private static final System.Logger LOG = System.getLogger(ForeignObject.class.getName());

    /**
     * What a public method returns. Empty: null, an exception, or there is none of this name with so many parameters.
     */
    public Optional<ForeignObject> call(String method, Object... arguments) {
        try {
            return Optional.ofNullable(method(method, arguments.length).invoke(object, arguments))
                    .map(ForeignObject::new);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> method + " of " + object.getClass() + " failed", e);
            return Optional.empty();
        }
    }

    /** Where a way of methods without parameters leads to. Empty: it does not lead there. */
    public Optional<ForeignObject> follow(String... methods) {
        Optional<ForeignObject> reached = Optional.of(this);
        for (String method : methods) {
            reached = reached.flatMap(object -> object.call(method));
        }
        return reached;
    }

    /** What a method returns, as a text. */
    public Optional<String> text(String method) {
        return call(method).map(answer -> answer.object().toString());
    }

    /** Whether it is {@code true}, as a truth value or as the text. */
    public boolean isTrue(String method) {
        return text(method).filter("true"::equals).isPresent();
    }

    /** A question that will be asked often. A failure is a no. Empty: there is no such method. */
    public Optional<BooleanSupplier> question(String method) {
        try {
            Method found = method(method, 0);
            return Optional.of(() -> isTrue(found));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private boolean isTrue(Method method) {
        try {
            return Boolean.TRUE.equals(method.invoke(object));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private Method method(String name, int parameters) throws NoSuchMethodException {
        return types(object.getClass())
                .flatMap(type -> Stream.of(type.getMethods()))
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == parameters)
                .filter(method -> method.canAccess(object))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(name));
    }

    /** The classes and interfaces by which it may be called: the object's own class is often not public. */
    private static Stream<Class<?>> types(Class<?> type) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()));
        return Stream.concat(Stream.of(type), above.flatMap(ForeignObject::types));
    }
}
