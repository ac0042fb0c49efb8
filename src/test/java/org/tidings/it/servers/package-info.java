/**
 * Tests of what only a Jakarta EE server has: its transactions, enterprise beans and data sources; HTTP/2 of its own.
 */
package org.tidings.it.servers;
