package org.tidings.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One thing to measure. */
record Workload(String name, Transport transport, Audience audience, Load load, Scope scope) {
    enum Transport {
        PLAIN,
        TLS,
        HTTP2
    }

    /** On which servers it is measured. */
    enum Scope {
        /** Ours and the rival. */
        ALL,
        /** And Jersey's own broadcaster. */
        BASELINE,
        /**
         * As {@code ALL}, on servers that were started for it, because memory that was once used does not come back.
         */
        FRESH,
        /** Ours, in memory and on disk, as {@code FRESH}: clients that come back, see {@link Storm}. */
        STORM,
        /** None: the log and the hub in a process of their own, see {@link LogMeasurement}. */
        LOG
    }

    private static final int LARGE = 4096;
    private static final int MIDDLING = 200;

    /** Who listens while others come back. */
    static final Audience LIVE = Audience.of(100);

    /** 8 MiB of large events: more than the kernel's buffers of one connection, so that the dead ones are full. */
    private static final long FILLING = 2048;

    boolean isSecure() {
        return transport != Transport.PLAIN;
    }

    static List<Workload> all() {
        var all = new ArrayList<Workload>();
        for (int clients : new int[] {100, 1_000, 10_000}) {
            for (int outstanding : new int[] {1, 4, 32}) {
                all.add(plain(clients + "-w" + outstanding, Audience.of(clients), Load.window(outstanding))
                        .in(outstanding == 4 ? Scope.BASELINE : Scope.ALL));
            }
        }
        all.add(plain("2000-w4", Audience.of(2_000), Load.window(4)));
        all.add(plain("2000-w32", Audience.of(2_000), Load.window(32)));
        all.add(plain("1000-50/s", Audience.of(1_000), Load.rate(50)));
        all.add(plain("10000-4/s", Audience.of(10_000), Load.rate(4)));
        all.add(plain("10000-topics", new Audience(10_000, 0, 10_000, 1), Load.window(32)));
        all.add(plain("1000x20-topics", new Audience(1_000, 0, 1_000, 20), Load.window(32)));
        all.add(plain("1000-w4-4KiB", Audience.of(1_000), Load.window(4).ofSize(LARGE)));
        all.add(plain("500-alive", Audience.of(500), Load.rate(50).ofSize(LARGE).after(FILLING)));
        all.add(plain(
                "500-5dead",
                Audience.of(500).withDead(5),
                Load.rate(50).ofSize(LARGE).after(FILLING)));
        all.add(plain("200-w4", Audience.of(200), Load.window(4)));
        all.add(plain("200-w4-tls", Audience.of(200), Load.window(4)).over(Transport.TLS));
        all.add(plain("200-w4-http2", Audience.of(200), Load.window(4)).over(Transport.HTTP2));
        all.add(plain("publish-1", Audience.of(0), Load.alone(1)));
        all.add(plain("publish-8", Audience.of(0), Load.alone(8)));
        all.add(plain("publish-1-10000", Audience.of(10_000), Load.alone(1)));
        all.add(plain("publish-8-10000", Audience.of(10_000), Load.alone(8)));
        all.add(plain("idle-10000", Audience.of(10_000), Load.none()).in(Scope.FRESH));
        all.add(plain("idle-2000", Audience.of(2_000), Load.none()).in(Scope.FRESH));
        for (int topics : new int[] {1, 1_000}) {
            all.add(plain(
                            "storm-10000-topics-" + topics,
                            new Audience(10_000, 0, topics, 1),
                            Load.rate(50).ofSize(MIDDLING))
                    .in(Scope.STORM));
        }
        for (String durability : List.of("fsync", "os")) {
            for (int publishers : new int[] {1, 64}) {
                all.add(log("log-" + durability + "-" + publishers, Load.alone(publishers)));
            }
        }
        all.add(log("log-replay-topic", Load.none()));
        all.add(log("log-replay-all", Load.none()));
        all.add(log("log-full-events", Load.alone(64)));
        all.add(log("log-full-bytes", Load.alone(64)));
        all.add(log("log-file", Load.none()));
        return all;
    }

    /** What is measured in a Jakarta EE server. */
    static List<Workload> inServers() {
        return named("100-w4", "100-w32", "1000-w4", "1000-w32", "2000-w4", "2000-w32", "1000-50/s", "idle-2000");
    }

    /** Those who are live in a storm. */
    Workload live() {
        return new Workload(name, transport, LIVE, load, scope);
    }

    /** What a JVM gets to do before it is measured. */
    static List<Workload> warmUp(boolean secure) {
        return secure ? named("200-w4-tls", "200-w4-http2") : named("1000-w4", "100-w32", "publish-8");
    }

    static Workload named(String name) {
        return all().stream()
                .filter(workload -> workload.name.equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload " + name));
    }

    private static List<Workload> named(String... names) {
        return Stream.of(names).map(Workload::named).toList();
    }

    private static Workload plain(String name, Audience audience, Load load) {
        return new Workload(name, Transport.PLAIN, audience, load, Scope.ALL);
    }

    private static Workload log(String name, Load load) {
        return plain(name, Audience.of(0), load.ofSize(MIDDLING)).in(Scope.LOG);
    }

    private Workload over(Transport other) {
        return new Workload(name, other, audience, load, scope);
    }

    private Workload in(Scope other) {
        return new Workload(name, transport, audience, load, other);
    }
}
