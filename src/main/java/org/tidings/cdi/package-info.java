/**
 * The composition root: makes the hub and what belongs to it, as CDI beans.
 *
 * <p>Uses everything except {@code rest}, {@code server} and {@code demo}. Starts with the application
 * ({@link org.tidings.cdi.HubProducer}) and stops with it; has no threads of its own.
 */
package org.tidings.cdi;
