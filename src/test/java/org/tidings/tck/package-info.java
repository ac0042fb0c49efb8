/**
 * The Server-Sent Events part of the Jakarta REST TCK, run against the embedded server: an Arquillian container that
 * starts a real one, with the TCK's applications in it.
 */
package org.tidings.tck;
