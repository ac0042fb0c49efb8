/**
 * The transport of the embedded server: a sink of our own for every {@code @Context SseEventSink}, which Jersey answers
 * like any other request, headers and filters included, and whose connection then leaves Jersey and Grizzly's HTTP
 * layer. What is left of an open stream is a socket, a small object that writes frames to it, and Grizzly's notice when
 * it closes.
 *
 * <pre>
 *  request ---> StreamSink ---> StreamResponse: status, headers (Jersey) ---> GrizzlyConnection.attach
 *                   |                                                               ^
 *          send() by the application                                     frames, by the hub's lane
 * </pre>
 *
 * <p>An application's own broadcaster, {@link org.tidings.server.transport.SinkBroadcaster}, sends one frame to many
 * sinks; its listeners have threads of their own.
 *
 * <p>Uses {@code hub}, {@code wire} and {@code rest}, Jersey's container SPI and Grizzly.
 *
 * <p>Threads: a connection is written to by one thread at a time, its lane or whoever sends to the sink; what the
 * socket does not take at once, Grizzly's selectors write, and tell the listener. Nothing here blocks, and callbacks of
 * applications run elsewhere. Locks: one for each sink and one for each connection, around fields only.
 */
package org.tidings.server.transport;
