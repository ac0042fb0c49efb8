/**
 * The Server-Sent Events part of the Jakarta REST TCK, run against the embedded server with the TCK's applications in
 * it, and on Payara Micro and WildFly with Tidings in the TCK's archives.
 */
package org.tidings.tck;
