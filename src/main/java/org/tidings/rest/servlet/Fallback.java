package org.tidings.rest.servlet;

/** Why a stream is left to the runtime's own sink, on a server whose responses can be taken over. */
enum Fallback {
    NO_REQUEST("it was opened on a thread that serves no request. Call open() in the resource method itself"),
    NOT_ASYNCHRONOUS(
            "its request is not asynchronous. Set asyncSupported = true in the @WebFilter of each filter before"
                    + " it, or <async-supported>true</async-supported> in its entry in web.xml"),
    BEGUN("its response had begun before. Hand the sink over first, and let the hub say what comes first"),
    HELD_BACK("its response did not begin with what was sent through its sink: a filter holds it back, or the sink is"
            + " another request's. Take that filter from the streams' paths, and hand over each request's own sink"),
    UNKNOWN("the classes of this server are not those that Tidings knows. Use a version that its README names");

    private final String words;

    Fallback(String words) {
        this.words = words;
    }

    /** What is so, and what to do, for operators. */
    String words() {
        return words;
    }
}
