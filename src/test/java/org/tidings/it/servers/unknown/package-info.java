/** What is tested on a server that Tidings has no knowledge of (Open Liberty), and nowhere else. */
package org.tidings.it.servers.unknown;
