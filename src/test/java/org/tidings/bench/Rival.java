package org.tidings.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Against whom Tidings is measured, and in which form. */
enum Rival {
    NONE("", Contestant.TIDINGS, Contestant.TIDINGS_DISK),
    NCHAN("nchan", Contestant.TIDINGS, Contestant.TIDINGS_DISK),
    PAYARA("Payara's broadcaster", Contestant.TIDINGS_ON_PAYARA, Contestant.TIDINGS_ON_PAYARA_DISK),
    WILDFLY("WildFly's broadcaster", Contestant.TIDINGS_ON_WILDFLY, Contestant.TIDINGS_ON_WILDFLY_DISK);

    /** What the log on disk is measured with in a Jakarta EE server. */
    private static final String DISK = "1000-w4";

    private final String title;
    private final Contestant ours;
    private final Contestant onDisk;

    Rival(String title, Contestant ours, Contestant onDisk) {
        this.title = title;
        this.ours = ours;
        this.onDisk = onDisk;
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    static Rival named(String name) {
        return Stream.of(NCHAN, PAYARA, WILDFLY)
                .filter(rival -> rival.name().toLowerCase(Locale.ROOT).equals(name))
                .findAny()
                .orElseThrow(() ->
                        new IllegalArgumentException("The rivals are nchan, payara and wildfly, not " + name + "."));
    }

    String title() {
        return title;
    }

    /** With the log in memory. */
    Contestant ours() {
        return ours;
    }

    Contestant onDisk() {
        return onDisk;
    }

    List<Contestant> theirs() {
        return switch (this) {
            case NONE -> List.of();
            case NCHAN -> List.of(Contestant.NCHAN_1, Contestant.NCHAN_2);
            case PAYARA -> List.of(Contestant.PAYARA);
            case WILDFLY -> List.of(Contestant.WILDFLY);
        };
    }

    List<Workload> workloads() {
        return isServer() ? Workload.inServers() : Workload.all();
    }

    /** Who is measured with a workload, in order. */
    List<Contestant> contestants(Workload workload) {
        var all = new ArrayList<Contestant>();
        if (workload.scope() == Workload.Scope.LOG) {
            all.add(onDisk);
            return all;
        }
        all.add(ours);
        if (!isServer() || workload.name().equals(DISK)) {
            all.add(onDisk);
        }
        if (workload.scope() != Workload.Scope.STORM) {
            all.addAll(theirs());
        }
        if (!isServer() && workload.scope() == Workload.Scope.BASELINE) {
            all.add(Contestant.JERSEY);
        }
        return all;
    }

    /** Ours through theirs; of their medians, where they are several, the better one. */
    OptionalDouble ratio(Results results, String workload, Metric metric) {
        return Results.ratio(results.median(workload, ours, metric), results.best(theirs(), workload, metric));
    }

    /** Ours is a WAR in a Jakarta EE server, the rival another WAR in another one of the kind. */
    private boolean isServer() {
        return this == PAYARA || this == WILDFLY;
    }
}
