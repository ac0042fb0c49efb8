/** The whole of it, over real sockets: the embedded server, and clients that know nothing of Tidings. */
package org.tidings.it;
