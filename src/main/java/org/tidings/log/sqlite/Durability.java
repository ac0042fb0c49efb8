package org.tidings.log.sqlite;

/** What a receipt means. */
public enum Durability {
    /** The event survives a loss of power: the disk has confirmed it (SQLite: {@code synchronous=FULL}). */
    FSYNC("FULL"),
    /**
     * The event survives the end of the process, however sudden; the operating system writes it to the disk when it
     * likes. After a loss of power the newest events may be gone, and the log has a new epoch
     * ({@code synchronous=NORMAL}).
     */
    OS("NORMAL");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    String synchronous() {
        return synchronous;
    }
}
