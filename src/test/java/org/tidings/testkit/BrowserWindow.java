package org.tidings.testkit;

import java.net.URI;
import java.util.List;

/** The demo's page in a real Chromium, and what a person does and sees there. */
public final class BrowserWindow extends BrowserPage {
    /** An event as the page shows it raw. */
    public record RawEvent(String id, String data) {}

    /**
     * Opens the page in a new browser.
     *
     * @param further arguments of Chromium
     */
    public BrowserWindow(URI page, String... further) {
        super(page, further);
        resize(1280, 800, "light", "no-preference");
    }

    public void signIn(String name) {
        element("name").clear();
        element("name").sendKeys(name);
        element("log-in").click();
    }

    public void write(String text) {
        element("text").clear();
        element("text").sendKeys(text);
        element("send").click();
    }

    /** Whether a message can be written: the user is signed in, and the one before is sent. */
    public boolean isReadyToWrite() {
        return count("#send:not(:disabled, [aria-disabled=true])") == 1;
    }

    /** Flips the switch "Offline". */
    public void flipOffline() {
        click("offline");
    }

    public void startJob() {
        click("start");
    }

    /** The connection's state, as the page says it: {@code open}, {@code waiting}, {@code offline}. */
    public String state() {
        return attribute("state", "data-state");
    }

    public String jobState() {
        return attribute("job", "data-state");
    }

    /** Who logged in, oldest first. */
    public List<String> users() {
        return texts("#users .who");
    }

    /** The messages, oldest first. */
    public List<String> messages() {
        return texts("#messages p");
    }

    /** Those of the messages that are marked as caught up. */
    public List<String> caughtUpMessages() {
        return texts("#messages > :has(.tag) p");
    }

    /** The types of the events in the log of the raw stream, oldest first. */
    public List<String> rawTypes() {
        return texts("#raw .event");
    }

    /** The last event in the log of the raw stream. */
    public RawEvent lastRaw() {
        return new RawEvent(last(texts("#raw .id")), last(texts("#raw .data")));
    }

    /** The id of the connection that was opened last, if this window was told of it. */
    public String connection() {
        return last(texts("#raw [data-type='$hello'] .data")).replaceAll(".*\"connection\": ?\"([^\"]+)\".*", "$1");
    }

    /** When the last message was sent by this window, in milliseconds since 1970. */
    public long sentAt() {
        return Long.parseLong(attribute("write", "data-sent-at"));
    }

    /** When this window heard the last message that it shows, in milliseconds since 1970. */
    public long heardAt() {
        return (Long) run("return Number(document.querySelector('#messages > :last-child').dataset.heardAt)");
    }

    private static String last(List<String> texts) {
        return texts.get(texts.size() - 1);
    }
}
