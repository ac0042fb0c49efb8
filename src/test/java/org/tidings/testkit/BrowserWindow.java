package org.tidings.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** A real Chromium with a profile of its own that shows the demo's page, and what a person does and sees there. */
public final class BrowserWindow implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final ChromeDriver driver;

    /** An event as the page shows it raw. */
    public record RawEvent(String id, String data) {
        private RawEvent(List<String> ids, List<String> data) {
            this(ids.get(ids.size() - 1), data.get(data.size() - 1));
        }
    }

    private BrowserWindow(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Opens the page in a new browser.
     *
     * @param further arguments of Chromium
     */
    public static BrowserWindow open(URI page, String... further) {
        var window = new BrowserWindow(Chromium.start(further));
        window.driver.manage().window().setSize(new Dimension(1280, 1000));
        window.driver.get(page.toString());
        return window;
    }

    public void signIn(String name) {
        element("name").sendKeys(name);
        press("sign-in");
    }

    public void write(String text) {
        element("text").clear();
        element("text").sendKeys(text);
        press("write");
    }

    /** Whether a message can be written: the user is signed in, and the one before is sent. */
    public boolean isReadyToWrite() {
        return element("write").isDisplayed() && count("#write button:disabled") == 0;
    }

    /** Flips the switch "Offline". */
    public void flipOffline() {
        element("offline").click();
    }

    public void startJob() {
        element("start").click();
    }

    /** The connection's state, as the page says it: {@code open}, {@code waiting}, {@code offline}. */
    public String state() {
        return element("state").getDomAttribute("data-state");
    }

    public String jobState() {
        return element("job").getDomAttribute("data-state");
    }

    /** The text of an element; of none that is hidden. */
    public String text(String id) {
        return element(id).getText();
    }

    /** The value of an input, or of the progress bar. */
    public String value(String id) {
        return element(id).getDomProperty("value");
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
        return new RawEvent(texts("#raw .id"), texts("#raw .data"));
    }

    /** When the last message was sent by this window, in milliseconds since 1970. */
    public long sentAt() {
        return Long.parseLong(element("write").getDomAttribute("data-sent-at"));
    }

    /** When this window heard the last message that it shows, in milliseconds since 1970. */
    public long heardAt() {
        var last = driver.findElement(By.cssSelector("#messages > :last-child"));
        return Long.parseLong(last.getDomAttribute("data-heard-at"));
    }

    /** How many elements a selector finds. */
    public int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** Takes the network from the browser, or gives it back. */
    public void setNetwork(boolean available) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !available, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** The protocol by which the page came, as {@code h2}. */
    public String protocol() {
        return (String) driver.executeScript("return performance.getEntriesByType('navigation')[0].nextHopProtocol");
    }

    /** What the browser's console has: errors of scripts, refusals of the content security policy. */
    public List<String> console() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /** Makes the window so wide, and as high as the page then is, in a colour scheme: {@code light} or {@code dark}. */
    public void resize(int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        setViewport(width, 800);
        setViewport(width, number("return document.documentElement.scrollHeight"));
    }

    /** How many pixels of the page are beyond the right edge. */
    public int overflow() {
        return number("return document.documentElement.scrollWidth - window.innerWidth");
    }

    /** Keeps a picture of the window in {@code target/screenshots}. */
    public void photograph(String name) throws IOException {
        Path pictures = Files.createDirectories(TARGET.resolve("screenshots"));
        Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void setViewport(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private int number(String script) {
        return ((Number) driver.executeScript(script)).intValue();
    }

    private WebElement element(String id) {
        return driver.findElement(By.id(id));
    }

    private void press(String form) {
        driver.findElement(By.cssSelector("#" + form + " button:not([type])")).click();
    }

    /** In one step: between finding elements and reading them the page may have dropped some. */
    @SuppressWarnings("unchecked") // a list of texts is what the script returns
    private List<String> texts(String selector) {
        return (List<String>) driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(found => found.textContent)", selector);
    }
}
