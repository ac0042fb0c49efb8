/** What a test puts into a bean archive of its own, for CDI to discover. */
package org.tidings.cdi.discovery;
