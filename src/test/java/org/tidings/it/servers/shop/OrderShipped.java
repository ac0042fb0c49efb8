package org.tidings.it.servers.shop;

import org.tidings.api.Streamed;

/** What the shop tells of. */
@Streamed(topic = "orders/{orderId}", type = "shipped")
public record OrderShipped(long orderId, String carrier) {}
