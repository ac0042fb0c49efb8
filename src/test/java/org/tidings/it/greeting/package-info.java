/** Somebody's application, as one writes it for a Jakarta EE server. Tests put it on the class path as an archive. */
package org.tidings.it.greeting;
