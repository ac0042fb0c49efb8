package org.tidings;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds classes to a table of packages, which are named by what follows {@code org.tidings.}. */
final class UsePackages extends ArchCondition<JavaClass> {
    private static final String ROOT = "org.tidings.";

    private final Map<String, Set<String>> allowed;

    UsePackages(Map<String, Set<String>> allowed) {
        super("be in a package of the table, and use only what that allows");
        this.allowed = allowed;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String user = packageOf(type).orElse(type.getPackageName());
        if (!allowed.containsKey(user)) {
            events.add(
                    SimpleConditionEvent.violated(type, "%s: %s is not in the table".formatted(type.getName(), user)));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            usedBy(dependency)
                    .filter(used -> !allowed.get(user).contains(used))
                    .ifPresent(used -> events.add(SimpleConditionEvent.violated(
                            dependency, "%s uses %s: %s".formatted(user, used, dependency.getDescription()))));
        }
    }

    /** Which package really uses which. */
    static Map<String, Set<String>> by(JavaClasses classes) {
        var uses = new TreeMap<String, Set<String>>();
        for (JavaClass type : classes) {
            Set<String> used = uses.computeIfAbsent(packageOf(type).orElseThrow(), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf()
                    .forEach(dependency -> usedBy(dependency).ifPresent(used::add));
        }
        return uses;
    }

    /** The other package of ours that is used, if it is one. */
    private static Optional<String> usedBy(Dependency dependency) {
        Optional<String> user = packageOf(dependency.getOriginClass());
        return packageOf(dependency.getTargetClass()).filter(used -> !user.equals(Optional.of(used)));
    }

    private static Optional<String> packageOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith(ROOT) ? Optional.of(name.substring(ROOT.length())) : Optional.empty();
    }
}
