package org.tidings.hub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tidings.api.ByteSize;
import org.tidings.api.TopicName;

/**
 * How the hub treats its connections.
 *
 * @param lanes how many threads write to connections
 * @param heartbeat a connection to which nothing was written for this long gets a comment
 * @param stallLimit a connection that takes nothing for this long is cut
 * @param sendQueue how much may wait for one connection, the frame that its transport holds included
 * @param lifetime the age at which a stream is ended, so that its client comes back and resumes; less a random tenth,
 *     so that not all come back at once. Empty: never
 * @param reconnect the longest reconnection time that {@code $hello} gives; the shortest is a fifth of it
 * @param window how much of the newest events is kept in memory, encoded, for all lanes together
 * @param rules overflow policies by topic; the first that matches counts, without one it is
 *     {@link OverflowPolicy#CATCH_UP}
 */
public record HubSettings(
        int lanes,
        Duration heartbeat,
        Duration stallLimit,
        ByteSize sendQueue,
        Optional<Duration> lifetime,
        Duration reconnect,
        ByteSize window,
        List<TopicRule> rules) {
    private static final ByteSize MIN_QUEUE = ByteSize.kibi(4);
    private static final int MAX_LANES = 64;
    private static final Duration MAX_LIFETIME = Duration.ofDays(365);

    /** Lanes: half of the processors, at least one; 15 s, 30 s, 256 KiB, an hour, 5 s, 4 MiB, no rules. */
    public static final HubSettings DEFAULTS = new HubSettings(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            ByteSize.kibi(256),
            Optional.of(Duration.ofHours(1)),
            Duration.ofSeconds(5),
            ByteSize.mebi(4),
            List.of());

    /** @throws IllegalArgumentException naming the first setting that is out of range */
    public HubSettings {
        require(lanes >= 1 && lanes <= MAX_LANES, "lanes", lanes, "from 1 to " + MAX_LANES);
        requireTime("heartbeat", heartbeat);
        requireTime("stall-limit", stallLimit);
        requireTime("reconnect", reconnect);
        requireSize("send-queue", sendQueue);
        requireSize("window", window);
        lifetime.ifPresent(age -> require(
                age.compareTo(heartbeat) > 0 && age.compareTo(MAX_LIFETIME) <= 0,
                "lifetime",
                age,
                "longer than the heartbeat (" + heartbeat + "), and at most 365 days"));
        rules = List.copyOf(rules);
    }

    /** The policy for a topic. */
    public OverflowPolicy overflow(TopicName topic) {
        for (TopicRule rule : rules) {
            if (rule.topics().matches(topic)) {
                return rule.overflow();
            }
        }
        return OverflowPolicy.CATCH_UP;
    }

    private static void requireTime(String key, Duration value) {
        boolean sensible = value.compareTo(Duration.ofMillis(100)) >= 0 && value.compareTo(Duration.ofDays(1)) <= 0;
        require(sensible, key, value, "from 100ms to 1d");
    }

    private static void requireSize(String key, ByteSize value) {
        boolean sensible = value.bytes() >= MIN_QUEUE.bytes() && value.bytes() <= Integer.MAX_VALUE / 2;
        require(sensible, key, value, "from " + MIN_QUEUE + " to 1023MiB");
    }

    private static void require(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("%s is %s; allowed is %s".formatted(key, value, allowed));
        }
    }
}
