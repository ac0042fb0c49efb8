package org.tidings;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The ways in which Java code gets at the machine's clock and threads, by calls and by method references. */
final class TimeAndThreads {
    private static final Set<String> CLOCKS_OF_SYSTEM = Set.of("currentTimeMillis", "nanoTime");
    private static final Set<String> TIMERS_OF_FUTURES = Set.of("orTimeout", "completeOnTimeout", "delayedExecutor");

    private TimeAndThreads() {}

    static boolean areUsedBy(JavaAccess<?> access) {
        return readsClock(access.getTarget()) || isSleep(access) || makesThread(access.getTarget());
    }

    static boolean isSleep(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return access.getName().equals("sleep")
                && (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class));
    }

    private static boolean readsClock(AccessTarget target) {
        JavaClass owner = target.getOwner();
        return (owner.isEquivalentTo(System.class) && CLOCKS_OF_SYSTEM.contains(target.getName()))
                || (owner.getPackageName().startsWith("java.time")
                        && target.getName().equals("now"))
                || (owner.isEquivalentTo(Clock.class) && target.getName().startsWith("system"));
    }

    private static boolean makesThread(AccessTarget target) {
        JavaClass owner = target.getOwner();
        boolean built = target.getName().equals("<init>");
        return owner.isEquivalentTo(Executors.class)
                || (built && owner.isAssignableTo(Executor.class))
                || (built && (owner.isAssignableTo(Thread.class) || owner.isAssignableTo(Timer.class)))
                || (owner.isAssignableTo(CompletableFuture.class) && TIMERS_OF_FUTURES.contains(target.getName()));
    }
}
