/**
 * The runtimes that Tidings is tested on, for Arquillian: the embedded server, Payara (Micro and Server) and WildFly;
 * and Open Liberty, a server that it knows nothing of.
 *
 * <p>A test class about what Tidings does over HTTP is the same on all of them. It says what is deployed, and is given
 * a client of it:
 *
 * <pre>{@code
 * @ExtendWith(ArquillianExtension.class)
 * class StreamIT {
 *     @Deployment(testable = false)
 *     static WebArchive war() {
 *         return TidingsWar.unchanged();
 *     }
 *
 *     @ArquillianResource
 *     private HubClient hub;
 *
 *     @Test
 *     void ...() {
 *         hub.published("topic=a", "data");
 *     }
 * }
 * }</pre>
 *
 * <p>Its name stands in {@code src/test/every-runtime.txt}. On a server all classes have one log: topics are the
 * class's own. {@code arquillian.xml} has the runtimes, of which the system property {@code arquillian.launch} chooses
 * one; the {@code pom.xml} sets it.
 */
package org.tidings.arquillian;
