package org.tidings.rest.servlet;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Calls of public methods by their name, on objects of classes that this WAR cannot be compiled against. */
final class Reflected {
    private Reflected() {}

    /** @throws NoSuchMethodException if there is none of this name with so many parameters */
    static Object call(Object target, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = method(target.getClass(), name, arguments.length);
        if (!Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
            method.setAccessible(true);
        }
        return method.invoke(target, arguments);
    }

    /** As {@link #call}, where there is nothing to be done about a failure. */
    static void tryCall(Object target, String name, Object... arguments) {
        try {
            call(target, name, arguments);
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(Reflected.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} of {1} failed: {2}", name, target.getClass(), e);
        }
    }

    private static Method method(Class<?> type, String name, int parameters) throws NoSuchMethodException {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == parameters && !method.isBridge()) {
                return method;
            }
        }
        throw new NoSuchMethodException(type + " has no method " + name + " with " + parameters + " parameters");
    }
}
