/**
 * The transport of the WAR on Payara and WildFly: the servlet API's non-blocking output, once Jakarta REST has begun
 * the response.
 *
 * <pre>
 *  request ---> the runtime's sink: status, headers, filters ---> ServletTransport.takeOver ---> ServletConnection
 *                                                                                                  ^          |
 *                                                                                  frames, by the lane      onWritePossible
 * </pre>
 *
 * <p>What the servlet API has no word for is behind {@link org.tidings.rest.servlet.NativeResponse}: how the runtime
 * wants a response ended, and how its socket is bounded and closed. It is done by reflection, for this is the one place
 * that knows servers by their name; on any other the portable transport takes over.
 *
 * <p>Besides, what the servlet API shows of the server goes into the start report
 * ({@link org.tidings.rest.servlet.ServerStart}).
 *
 * <p>Uses {@code rest}, {@code hub}, {@code wire} and {@code report}, the servlet API, Jakarta REST and CDI. Not loaded
 * on the embedded server, which has no servlet API (META-INF/beans.xml).
 *
 * <p>Threads: the lane writes while the stream is ready; once it is not, the container's thread has it, until it has
 * told the listener. One lock for each connection, around fields and that thread's flush.
 */
package org.tidings.rest.servlet;
