package org.tidings.testkit;

import java.net.URI;
import java.util.List;
import org.openqa.selenium.WebElement;

/** The operator's console in a real Chromium, and what an operator does and sees there. */
public final class ConsolePage extends BrowserPage {
    /**
     * Opens it in a new browser.
     *
     * @param server the server's address, as the browser knows it
     * @param further arguments of Chromium
     */
    public ConsolePage(URI server, String... further) {
        super(server.resolve("console.html"), further);
    }

    /** The stream's state, as the page says it. */
    public String state() {
        return text("state");
    }

    /** The ids of the connections, in the order of the table. */
    public List<String> connections() {
        return texts("#connections tbody .id");
    }

    /** What a connection's row says, cell by cell. */
    public List<String> connection(String id) {
        return texts("#connections tbody tr:has([aria-label='End connection " + id + "']) > *");
    }

    /** Presses the button that ends a connection. */
    public void end(String connection) {
        button(connection).click();
    }

    /** Puts the focus on that button. */
    public void focusEnd(String connection) {
        run("arguments[0].focus()", button(connection));
    }

    /** The name of what has the focus, as a screen reader reads it. */
    public String focusedName() {
        return (String) run("return document.activeElement.getAttribute('aria-label') ?? ''");
    }

    public void publish(String topic, String type, String data) {
        fill("#publish [name=topic]", topic);
        fill("#publish [name=type]", type);
        fill("#publish [name=data]", data);
        find("#publish button").click();
    }

    /** Shows the page from its beginning. */
    public void scrollToTop() {
        run("scrollTo(0, 0)");
    }

    /** Listens, or stops if it does. */
    public void listen(String topic) {
        fill("#listen [name=topic]", topic);
        find("#listen button").click();
    }

    /** The data of the events that were heard, newest first. */
    public List<String> heard() {
        return texts("#heard pre");
    }

    /** The value of a chart's series now, as its card says it. */
    public String value(String measure, int series) {
        return texts("[data-measure=" + measure + "] .values dd").get(series);
    }

    private void fill(String selector, String text) {
        WebElement field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    private WebElement button(String connection) {
        return find("#connections button[aria-label='End connection " + connection + "']");
    }

    private WebElement find(String selector) {
        return (WebElement) run("return document.querySelector(arguments[0])", selector);
    }
}
