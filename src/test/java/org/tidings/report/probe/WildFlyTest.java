package org.tidings.report.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tidings.report.Listener;
import org.tidings.report.Listener.Silence;

/** What is read out of WildFly's management model, and when. */
class WildFlyTest {
    private static final String UNDERTOW = "jboss.as:subsystem=undertow,server=default-server,";

    /** As WildFly has them: no texts. */
    private enum State {
        STARTING,
        SUSPENDED,
        NORMAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private final FakeBean state = new FakeBean(Map.of("RunningState", State.STARTING));
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void register() throws JMException {
        register("jboss.root:type=state", state);
    }

    @Test
    void anotherServerIsNotTakenForIt() {
        assertThat(WildFly.find(new ManagedBeans(MBeanServerFactory.newMBeanServer())))
                .isEmpty();
    }

    @Test
    void listenersHaveTheirTimeOutsAndWhereTheseAreSet() throws JMException {
        register(UNDERTOW + "http-listener=default", listener(90_000, true));
        register(UNDERTOW + "https-listener=https", listener(20_000, true));

        assertThat(wildFly().listeners())
                .hasValue(List.of(
                        new Listener(
                                "http-listener default",
                                false,
                                silence(90, "write-timeout", "http-listener=default"),
                                Optional.empty()),
                        new Listener(
                                "https-listener https",
                                true,
                                silence(20, "write-timeout", "https-listener=https"),
                                silence(60, "read-timeout", "https-listener=https"))));
    }

    @Test
    void aListenerThatIsOffOrWithoutTimeOutIsSeenAsThat() throws JMException {
        register(UNDERTOW + "http-listener=off", listener(90_000, false));
        register(UNDERTOW + "http-listener=patient", listener(0, true));

        assertThat(wildFly().listeners())
                .hasValue(List.of(new Listener("http-listener patient", false, Optional.empty(), Optional.empty())));
    }

    @Test
    void aListenerThatCannotBeReadIsNotTakenForOneWithoutTimeOut() throws JMException {
        register(UNDERTOW + "http-listener=default", new FakeBean(Map.of()));

        assertThat(wildFly().listeners()).isEmpty();
    }

    @Test
    void withoutListenersNothingIsKnown() {
        assertThat(wildFly().listeners()).isEmpty();
    }

    /** Its model answers with errors until then, which it logs. */
    @Test
    void theTaskWaitsUntilItHasStartedAndRunsOnce() {
        ServerProbe.Wait wait = wildFly().whenStarted(() -> told.add("seen"));
        assertThat(told).isEmpty();

        state.change("RunningState", State.SUSPENDED);
        state.change("RunningState", State.NORMAL);
        wait.close();

        assertThat(told).containsExactly("seen");
        assertNobodyListens();
    }

    @Test
    void inARunningServerTheTaskRunsAtOnce() {
        state.change("RunningState", State.NORMAL);

        wildFly().whenStarted(() -> told.add("seen"));

        assertThat(told).containsExactly("seen");
        assertNobodyListens();
    }

    @Test
    void anApplicationThatGoesBeforeLeavesNothingBehind() {
        wildFly().whenStarted(() -> told.add("seen")).close();

        state.change("RunningState", State.NORMAL);

        assertThat(told).isEmpty();
        assertNobodyListens();
    }

    private ServerProbe wildFly() {
        return WildFly.find(new ManagedBeans(beans)).orElseThrow();
    }

    private void register(String name, FakeBean bean) throws JMException {
        beans.registerMBean(bean, ManagedBeans.name(name));
    }

    private void assertNobodyListens() {
        assertThatThrownBy(() -> state.removeNotificationListener(null)).isInstanceOf(ListenerNotFoundException.class);
    }

    private static FakeBean listener(int writeTimeout, boolean enabled) {
        return new FakeBean(
                Map.of("writeTimeout", writeTimeout, "readTimeout", 60_000, "enableHttp2", true, "enabled", enabled));
    }

    private static Optional<Silence> silence(int seconds, String attribute, String listener) {
        return Optional.of(new Silence(
                Duration.ofSeconds(seconds), attribute + " of /subsystem=undertow/server=default-server/" + listener));
    }
}
