/**
 * The embedded server: Weld SE, Jersey and Grizzly in one process. {@link org.tidings.server.Main} is the program,
 * {@link org.tidings.server.TidingsServer} the same for tests and for programs that bring their own main method.
 *
 * <p>The only package, with {@code server.transport} beneath it, that knows Grizzly, Jersey and Weld; uses {@code hub},
 * {@code config}, {@code rest} and {@code security}, is used by nobody and not in the WAR. None of its classes is a CDI
 * bean by annotation: a Jakarta EE server may find them in an application's archive, without the libraries they need.
 *
 * <p>Threads: Grizzly's selectors read requests, answer small publications, open streams and drain what is written; who
 * asks for events in another way than an EventSource has a few threads of their own ({@code HubHandler}); other
 * resource methods and static files run on Grizzly's workers, which may block. A stream holds no worker.
 */
package org.tidings.server;
