/** Real threads, chance with a printed seed, and nothing but the guarantees to assert. */
package org.tidings.hub.stress;
