package org.tidings.cdi;

import jakarta.enterprise.context.RequestScoped;

/** What the client of the current HTTP request had last, so that a broadcaster can replay; empty if it said nothing. */
@RequestScoped
class LastEventId {
    private String value = "";

    String value() {
        return value;
    }

    void set(String header) {
        value = header;
    }
}
