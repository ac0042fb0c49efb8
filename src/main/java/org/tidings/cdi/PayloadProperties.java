package org.tidings.cdi;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tidings.api.RejectedException;
import org.tidings.api.RejectionReason;

/** What a topic can name of a payload: record components, getters and public fields, inherited ones included. */
final class PayloadProperties {
    private final Class<?> type;
    // By name, in alphabetical order for messages. Where several have one name: component before getter before field.
    private final Map<String, Reader> readers = new TreeMap<>();

    PayloadProperties(Class<?> type) {
        this.type = type;
        for (Field field : type.getFields()) {
            if (isInstanceMember(field.getModifiers())) {
                add(field.getName(), field, field::get);
            }
        }
        for (Method method : type.getMethods()) {
            if (isGetter(method)) {
                add(propertyOf(method), method, method::invoke);
            }
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                Method accessor = component.getAccessor();
                add(component.getName(), accessor, accessor::invoke);
            }
        }
    }

    Set<String> names() {
        return readers.keySet();
    }

    /** The property's value; {@code null} if it is that. */
    Object read(String name, Object payload) {
        try {
            return readers.get(name).read(payload);
        } catch (ReflectiveOperationException e) {
            var rejected = new RejectedException(
                    RejectionReason.TOPIC_MALFORMED,
                    "the property '%s' of the payload %s, which its topic needs, cannot be read"
                            .formatted(name, type.getName()));
            rejected.initCause(e);
            throw rejected;
        }
    }

    /** Leaves out what a module does not open to us: then it is no property, and the message of that says so. */
    private void add(String name, AccessibleObject member, Reader reader) {
        if (member.trySetAccessible()) {
            readers.put(name, reader);
        }
    }

    private static boolean isGetter(Method method) {
        boolean readable = isInstanceMember(method.getModifiers())
                && method.getParameterCount() == 0
                && !method.isBridge()
                && method.getDeclaringClass() != Object.class;
        return readable && !propertyOf(method).isEmpty();
    }

    private static boolean isInstanceMember(int modifiers) {
        return !Modifier.isStatic(modifiers);
    }

    /** As Java Beans have it: {@code getOrderId} is orderId, {@code getURL} is URL. Empty if it is no getter. */
    private static String propertyOf(Method method) {
        Class<?> result = method.getReturnType();
        String name = method.getName();
        if (name.startsWith("get") && result != void.class) {
            return decapitalize(name.substring(3));
        }
        boolean yesOrNo = result == boolean.class || result == Boolean.class;
        return name.startsWith("is") && yesOrNo ? decapitalize(name.substring(2)) : "";
    }

    private static String decapitalize(String name) {
        boolean acronym =
                name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
        return name.isEmpty() || acronym ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private interface Reader {
        Object read(Object payload) throws ReflectiveOperationException;
    }
}
