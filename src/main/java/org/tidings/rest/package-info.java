/**
 * The HTTP interface as a Jakarta REST application ({@link org.tidings.rest.HubApplication}, docs/protocol.md), the hub
 * that applications inject ({@link org.tidings.rest.JaxRsHub}), and the transport that any Jakarta REST runtime has
 * ({@link org.tidings.rest.SinkConnection}).
 *
 * <p>Uses {@code api}, {@code wire}, {@code hub}, {@code security}, {@code config}, {@code report} and Jakarta REST,
 * CDI and JSON Processing; no class of a runtime. Resources are thin: parse, authorize, call the hub, map. They never
 * wait for the hub on the request's thread; answers that come later and every write to a sink run on the threads of
 * {@link org.tidings.rest.SinkWriters}, the only ones here that may block on a client.
 */
package org.tidings.rest;
