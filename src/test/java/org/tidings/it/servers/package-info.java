/**
 * Tests of what only a Jakarta EE server has: its transactions, enterprise beans and data sources; HTTP/2 of its own;
 * that it undeploys and stops.
 */
package org.tidings.it.servers;
