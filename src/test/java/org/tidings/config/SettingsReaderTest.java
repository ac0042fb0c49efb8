package org.tidings.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tidings.api.ByteSize;
import org.tidings.api.TopicMatcher;
import org.tidings.api.TopicName;
import org.tidings.hub.HubSettings;
import org.tidings.hub.OverflowPolicy;
import org.tidings.log.Retention;
import org.tidings.log.sqlite.Durability;

class SettingsReaderTest {
    @Test
    void nothingSetMeansTheDefaults() {
        assertThat(read(Map.of())).isEqualTo(Settings.DEFAULTS);
    }

    @ParameterizedTest
    @MethodSource
    void eachKeyIsRead(String key, String text, Function<Settings, Object> accessor, Object value) {
        Settings settings = read(Map.of(key, text));

        assertThat(accessor.apply(settings)).isEqualTo(value);
    }

    static Stream<Arguments> eachKeyIsRead() {
        return Stream.of(
                key("tidings.host", "::1", Settings::host, "::1"),
                key("tidings.port", "0", Settings::port, 0),
                key("tidings.accept-rate", "50", Settings::acceptRate, 50),
                key("tidings.drain", "0s", Settings::drain, Duration.ZERO),
                key("tidings.log.engine", "memory", all -> all.log().engine(), Settings.LogEngine.MEMORY),
                key("tidings.log.directory", "/some/where", all -> all.log().directory(), Path.of("/some/where")),
                key("tidings.log.durability", "os", all -> all.log().durability(), Durability.OS),
                key("tidings.retention.age", "7d", s -> s.log().retention().age(), Duration.ofDays(7)),
                key("tidings.retention.events", "5", s -> s.log().retention().events(), 5L),
                key("tidings.retention.bytes", "1GiB", s -> s.log().retention().size(), ByteSize.mebi(1024)),
                key("tidings.lanes", "3", s -> s.hub().lanes(), 3),
                key("tidings.heartbeat", "500ms", s -> s.hub().heartbeat(), Duration.ofMillis(500)),
                key("tidings.send-queue", "8192B", s -> s.hub().sendQueue(), ByteSize.kibi(8)),
                key("tidings.stall-limit", "1m", s -> s.hub().stallLimit(), Duration.ofMinutes(1)),
                key("tidings.lifetime", "20s", s -> s.hub().lifetime(), Optional.of(Duration.ofSeconds(20))),
                key("tidings.lifetime", "off", s -> s.hub().lifetime(), Optional.empty()),
                key("tidings.reconnect", "2s", s -> s.hub().reconnect(), Duration.ofSeconds(2)),
                key("tidings.window", "16MiB", s -> s.hub().window(), ByteSize.mebi(16)),
                key("tidings.demo", "off", Settings::demo, Settings.Demo.OFF),
                key("tidings.publish", "anyone", Settings::publish, Settings.Publish.ANYONE));
    }

    /** Those of TLS in TlsReadingTest. */
    @Test
    void everyKeyThatIsKnownIsTriedAbove() {
        assertThat(eachKeyIsRead().map(arguments -> (String) arguments.get()[0]).toList())
                .contains(SettingsReader.KEYS.stream()
                        .filter(key -> !key.startsWith("tidings.tls.") && !key.equals(TlsReading.HTTP2))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tidings.port             | 65536         | 0, which takes any that is free, to 65535
            tidings.port             | -1            | 0, which takes any that is free, to 65535
            tidings.accept-rate      | 0             | 1 to 1000000 connections a second
            tidings.accept-rate      | 1000001       | 1 to 1000000 connections a second
            tidings.drain            | 11m           | from 0s to 10m
            tidings.drain            | 10            | from 0s to 10m
            tidings.log.engine       | kafka         | sqlite, memory
            tidings.log.durability   | none          | fsync, os
            tidings.retention.age    | 0s            | a time above zero such as 24h
            tidings.retention.events | 0             | a number from 1 to 999999999
            tidings.retention.bytes  | 9999999999GiB | a size above zero such as 1GiB
            tidings.lanes            | 0             | from 1 to 64
            tidings.heartbeat        | 10ms          | from 100ms to 1d
            tidings.stall-limit      | PT5S          | a time such as 500ms, 15s, 5m or 24h
            tidings.send-queue       | 256kb         | a size such as 256KiB or 4MiB
            tidings.send-queue       | 1KiB          | from 4KiB to 1023MiB
            tidings.lifetime         | 5s            | longer than the heartbeat (PT15S), and at most 365 days
            tidings.lifetime         | never         | a time such as 500ms, 15s, 5m or 24h, or off
            tidings.demo             | yes           | loopback, on, off
            tidings.publish          | everyone      | loopback, anyone
            """)
    void aWrongValueIsToldWithWhatIsAllowed(String key, String value, String allowed) {
        assertThat(problem(Map.of(key, value))).isEqualTo("%s is '%s' (allowed: %s)".formatted(key, value, allowed));
    }

    @Test
    void allProblemsAreInOneMessage() {
        String problem = problem(Map.of(
                "tidings.port", "http", "tidings.heartbeat", "1", "tidings.lanes", "65", "tidings.retention.age", "x"));

        assertThat(problem.split("; "))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).startsWith("tidings.port is 'http'"),
                        one -> assertThat(one).startsWith("tidings.heartbeat is '1'"),
                        one -> assertThat(one).startsWith("tidings.lanes is '65'"),
                        one -> assertThat(one).startsWith("tidings.retention.age is 'x'"));
    }

    @Test
    void aHeartbeatAboveTheDefaultLifetimeIsToldAsTheLifetimes() {
        assertThat(problem(Map.of("tidings.heartbeat", "2h")))
                .isEqualTo(
                        "tidings.lifetime is 'its default' (allowed: longer than the heartbeat (PT2H), and at most 365 days)");
    }

    @Test
    void anUnknownKeyIsToldWithThoseThereAre() {
        assertThat(problem(Map.of("tidings.heartbeet", "15s")))
                .startsWith("tidings.heartbeet is not a setting (there are: tidings.accept-rate, tidings.demo, ");
    }

    @Test
    void keysOfOthersAreNobodysBusiness() {
        assertThat(read(Map.of("tidingsx.port", "1", "server.port", "x"))).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void aValueCannotBreakTheLineOfTheMessage() {
        assertThat(problem(Map.of("tidings.demo", "on\u001b[31m\noff"))).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void theEnvironmentNamesKeysInCapitals() {
        var environment = Map.of("TIDINGS_SEND_QUEUE", "1MiB", "TIDINGS_PORT", "9090");
        Settings settings = read(new EnvConfigSource(environment, 300));

        assertThat(settings.hub().sendQueue()).isEqualTo(ByteSize.mebi(1));
        assertThat(settings.port()).isEqualTo(9090);
    }

    /** Kubernetes sets such variables for a service that is called tidings; they must not stop the start. */
    @Test
    void variablesThatNameNoKeyAreIgnored() {
        var environment = Map.of("TIDINGS_SERVICE_HOST", "10.0.0.1", "TIDINGS_PORT_80_TCP", "tcp://10.0.0.1:80");

        assertThat(read(new EnvConfigSource(environment, 300))).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void overflowPoliciesAreReadMostSpecificFirst() {
        HubSettings hub = read(Map.of(
                        "tidings.topic.\"**\".overflow", "disconnect",
                        "tidings.topic.\"prices/**\".overflow", "conflate",
                        "tidings.topic.\"prices/gold\".overflow", "catch-up"))
                .hub();

        assertThat(List.of(
                        hub.overflow(new TopicName("prices/gold")),
                        hub.overflow(new TopicName("prices/tin")),
                        hub.overflow(new TopicName("news"))))
                .containsExactly(OverflowPolicy.CATCH_UP, OverflowPolicy.CONFLATE, OverflowPolicy.DISCONNECT);
    }

    @ParameterizedTest
    @CsvSource({"a//b, conflate, an empty segment", "prices/**, drop, 'catch-up, conflate, disconnect'"})
    void aWrongOverflowRuleIsTold(String topics, String policy, String told) {
        assertThat(problem(Map.of("tidings.topic.\"" + topics + "\".overflow", policy)))
                .contains(topics)
                .contains(told);
    }

    @Test
    void agesOfTopicsAreReadMostSpecificFirst() {
        Retention retention = read(Map.of(
                        "tidings.topic.\"**\".retention", "2h",
                        "tidings.topic.\"prices/**\".retention", "5m",
                        "tidings.topic.\"prices/gold\".retention", "7d"))
                .log()
                .retention();

        assertThat(retention.topics())
                .containsExactly(
                        new Retention.TopicAge(new TopicMatcher("prices/gold"), Duration.ofDays(7)),
                        new Retention.TopicAge(new TopicMatcher("prices/**"), Duration.ofMinutes(5)),
                        new Retention.TopicAge(new TopicMatcher("**"), Duration.ofHours(2)));
    }

    @ParameterizedTest
    @CsvSource({"a//b, 1h, an empty segment", "prices/**, 0s, a time above zero", "prices/**, 5, a time above zero"})
    void aWrongAgeOfATopicIsTold(String topics, String age, String told) {
        assertThat(problem(Map.of("tidings.topic.\"" + topics + "\".retention", age)))
                .contains(topics)
                .contains(told);
    }

    @Test
    void theLogInMemoryKeepsAllTopicsEquallyLong() {
        assertThat(problem(Map.of("tidings.log.engine", "memory", "tidings.topic.\"a\".retention", "1h")))
                .isEqualTo("tidings.topic.\"a\".retention is '1h' (allowed: only with tidings.log.engine=sqlite)");
    }

    @ParameterizedTest
    @CsvSource({"jboss.server.data.dir, /opt/wildfly/standalone/data", "com.sun.aas.instanceRoot, /opt/payara/domain1"})
    void inAJakartaServerTheLogIsWithTheServersData(String property, String value) {
        assertThat(read(Map.of(property, value)).log().directory()).isEqualTo(Path.of(value, "tidings"));
        assertThat(read(Map.of(property, value, "tidings.log.directory", "/else"))
                        .log()
                        .directory())
                .isEqualTo(Path.of("/else"));
    }

    @Test
    void everyKeyIsInTheManual() throws Exception {
        assertThat(Files.readString(Path.of("server-config/embedded/README.md")))
                .contains(SettingsReader.KEYS.stream()
                        .map(key -> "| `" + key + "` |")
                        .toList());
    }

    private static Arguments key(String key, String text, Function<Settings, Object> accessor, Object value) {
        return Arguments.of(key, text, accessor, value);
    }

    private static String problem(Map<String, String> values) {
        return catchThrowableOfType(SettingsException.class, () -> read(values)).getMessage();
    }

    private static Settings read(Map<String, String> values) {
        return read(new PropertiesConfigSource(values, "test", 100));
    }

    private static Settings read(ConfigSource source) {
        return SettingsReader.read(ConfigProviderResolver.instance()
                .getBuilder()
                .withSources(source)
                .build());
    }
}
