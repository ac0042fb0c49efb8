/**
 * Reads the configuration, once, into the settings that the other packages own. {@link org.tidings.config.Settings} is
 * all of it, {@link org.tidings.config.SettingsReader} the only reader.
 *
 * <p>Uses {@code api}, {@code log}, {@code hub} and MicroProfile Config. No threads: values are immutable.
 */
package org.tidings.config;
