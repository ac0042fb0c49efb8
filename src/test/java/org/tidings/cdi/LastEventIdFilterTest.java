package org.tidings.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.enterprise.context.control.RequestContextController;
import java.net.URI;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ResourceConfig;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastEventIdFilterTest {
    private WeldContainer container;
    private LastEventIdFilter filter;
    private RequestContextController requests;

    @BeforeEach
    void start() {
        container = CdiFixture.start(RecordingHub.class, LastEventIdFilter.class);
        filter = container.select(LastEventIdFilter.class).get();
        requests = container.select(RequestContextController.class).get();
    }

    @AfterEach
    void stop() {
        container.shutdown();
    }

    @Test
    void theHeaderIsKeptForTheRequest() {
        assertThat(keptOf("log-7")).isEqualTo("log-7");
        assertThat(keptOf("")).isEmpty();
        assertThat(keptOf(null)).isEmpty();
    }

    @Test
    void outsideARequestScopeNothingIsKeptAndNothingFails() {
        assertThatCode(() -> filter.filter(request("log-7"))).doesNotThrowAnyException();
    }

    private String keptOf(String header) {
        requests.activate();
        try {
            filter.filter(request(header));
            return container.select(LastEventId.class).get().value();
        } finally {
            requests.deactivate();
        }
    }

    private static ContainerRequest request(String header) {
        URI base = URI.create("http://localhost/");
        var request = new ContainerRequest(base, base, "GET", null, new MapPropertiesDelegate(), new ResourceConfig());
        if (header != null) {
            request.header("Last-Event-ID", header);
        }
        return request;
    }
}
