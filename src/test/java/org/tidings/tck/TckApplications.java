package org.tidings.tck;

import jakarta.ws.rs.ApplicationPath;

/**
 * The applications of the TCK, each under the name of the archive in which the TCK deploys it: the embedded server
 * finds its applications as beans and reads no {@code web.xml}.
 */
final class TckApplications {
    private TckApplications() {}

    @ApplicationPath("jaxrs_jaxrs21_ee_sse_sseeventsink_web")
    static class Sink extends ee.jakarta.tck.ws.rs.jaxrs21.ee.sse.sseeventsink.TSAppConfig {}

    @ApplicationPath("jaxrs_jaxrs21_ee_sse_sseeventsource_web")
    static class Source extends ee.jakarta.tck.ws.rs.jaxrs21.ee.sse.sseeventsource.TSAppConfig {}

    @ApplicationPath("jaxrs_jaxrs21_ee_sse_ssebroadcaster_web")
    static class Broadcaster extends ee.jakarta.tck.ws.rs.jaxrs21.ee.sse.ssebroadcaster.TSAppConfig {}
}
