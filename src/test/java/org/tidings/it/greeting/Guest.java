package org.tidings.it.greeting;

import jakarta.enterprise.context.RequestScoped;

/** Lives as long as a request. */
@RequestScoped
public class Guest {
    private String name = "nobody";

    /** Says who it is. */
    public void is(String newName) {
        name = newName;
    }

    /** Who it is. */
    public String name() {
        return name;
    }
}
