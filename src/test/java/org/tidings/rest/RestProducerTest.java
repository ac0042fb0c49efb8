package org.tidings.rest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidings.api.RejectedException;
import org.tidings.config.Settings;
import org.tidings.security.Caller;
import org.tidings.security.ListenAddress;
import org.tidings.security.OperatorGuard;
import org.tidings.security.PeerAddress;
import org.tidings.security.PublishGuard;

/** Whom the guards let pass is a matter of what the server tells of itself. The request is the same each time. */
class RestProducerTest {
    private static final Caller LOCAL = Caller.of("http", Map.of("Host", "localhost:8080")::get);

    private WeldContainer container;

    @AfterEach
    void stop() {
        container.shutdown();
    }

    @Test
    void whereTheServerListensOnLoopbackWhoAsksMayPublishAndIsAnOperator() {
        start(Loopback.class);
        assertThatCode(this::publish).doesNotThrowAnyException();
        assertThatCode(this::operate).doesNotThrowAnyException();
    }

    @Test
    void whereTheServerListensForAllNobodyMay() {
        start(Everywhere.class);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(this::publish);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(this::operate);
    }

    @Test
    void whereTheServerTellsNothingNobodyMay() {
        start();
        assertThatExceptionOfType(RejectedException.class).isThrownBy(this::publish);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(this::operate);
    }

    @Test
    void whereRequestsTellWhereTheyComeFromWhoIsHereIsAnOperatorAndMayNotPublish() {
        start(Here.class);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(this::publish);
        assertThatCode(this::operate).doesNotThrowAnyException();
    }

    @Test
    void whereRequestsTellWhereTheyComeFromWhoIsElsewhereIsNone() {
        start(Elsewhere.class);
        assertThatExceptionOfType(RejectedException.class).isThrownBy(this::operate);
    }

    private void start(Class<?>... server) {
        container = new Weld()
                .disableDiscovery()
                .addBeanClasses(RestProducer.class, Defaults.class)
                .addBeanClasses(server)
                .initialize();
    }

    private void publish() {
        container.select(PublishGuard.class).get().check(LOCAL);
    }

    private void operate() {
        container.select(OperatorGuard.class).get().check(LOCAL);
    }

    @ApplicationScoped
    static class Defaults {
        @Produces
        @Singleton
        Settings settings() {
            return Settings.DEFAULTS;
        }
    }

    @ApplicationScoped
    static class Loopback {
        @Produces
        @Singleton
        ListenAddress address() {
            return new ListenAddress("127.0.0.1");
        }
    }

    @ApplicationScoped
    static class Everywhere {
        @Produces
        @Singleton
        ListenAddress address() {
            return new ListenAddress("0.0.0.0");
        }
    }

    @ApplicationScoped
    static class Here implements PeerAddress {
        @Override
        public boolean isLoopback() {
            return true;
        }
    }

    @ApplicationScoped
    static class Elsewhere implements PeerAddress {
        @Override
        public boolean isLoopback() {
            return false;
        }
    }
}
