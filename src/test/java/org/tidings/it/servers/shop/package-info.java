/** An application of its own that has Tidings as a library: what {@code ShopIT} deploys on Jakarta EE servers. */
package org.tidings.it.servers.shop;
