package org.tidings.report;

import java.util.Optional;
import java.util.stream.Stream;

/** What is said of the server. */
final class ServerRules {
    /** With fewer, a handful of requests that wait for a slow client or a database keep all others from beginning. */
    private static final int ENOUGH_THREADS = 16;

    private ServerRules() {}

    static Stream<Finding> judge(Facts facts) {
        ServerFacts server = facts.server();
        var found = Stream.of(
                Finding.of("server", server.name() + ", Java " + facts.machine().java()),
                TransportRule.judge(facts.transport()),
                HeartbeatRule.judge(facts.settings().hub().heartbeat(), server.listeners()),
                AsyncRule.judge(server.chain()),
                Http2Rule.judge(facts.settings().hub().lifetime(), server.listeners()));
        return Stream.concat(found, server.threads().map(ServerRules::threads).stream());
    }

    static Finding threads(RequestThreads threads) {
        Finding finding = Finding.of("threads", threads.most() + " for requests; streams hold none of them");
        return threads.most() >= ENOUGH_THREADS
                ? finding
                : finding.with(Optional.of(
                        "a handful of slow requests keep all others waiting. Set to 16 or more " + threads.setting()));
    }
}
