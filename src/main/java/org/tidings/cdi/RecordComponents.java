package org.tidings.cdi;

import jakarta.json.bind.config.PropertyVisibilityStrategy;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * What JSON-B sees of a class: what is public (JSON-B 3.0, 4.6), and the components of a record by their fields. Yasson
 * knows records by a class for newer versions of Java in its jar, which Payara does not load: there they would all be
 * empty.
 */
final class RecordComponents implements PropertyVisibilityStrategy {
    @Override
    public boolean isVisible(Field field) {
        return Modifier.isPublic(field.getModifiers())
                || field.getDeclaringClass().isRecord();
    }

    @Override
    public boolean isVisible(Method method) {
        return Modifier.isPublic(method.getModifiers());
    }
}
