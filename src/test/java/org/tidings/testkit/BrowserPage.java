package org.tidings.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** A page in a real Chromium with a profile of its own: what is on it, how it looks, and the keyboard. */
public class BrowserPage implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();

    private final ChromeDriver driver;

    /**
     * Opens a page in a new browser.
     *
     * @param further arguments of Chromium
     */
    public BrowserPage(URI page, String... further) {
        driver = Chromium.start(further);
        driver.get(page.toString());
    }

    /** Opens a page in a new tab of the same browser, and goes on there. */
    public final void openTab(URI page) {
        driver.switchTo().newWindow(WindowType.TAB);
        driver.get(page.toString());
    }

    /** Goes on in another tab, of which the first has the number 0. */
    public final void switchTo(int tab) {
        driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(tab));
    }

    public final void click(String id) {
        element(id).click();
    }

    /** Presses keys, wherever the focus is. */
    public final void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Goes on with the tabulator to an element, at most as often as the page has places for the focus. */
    public final void tabTo(String id) {
        for (int places = count("a, button, input, textarea, select, [tabindex]");
                !focused().equals(id);
                places--) {
            if (places < 0) {
                throw new AssertionError("the tabulator does not lead to #" + id);
            }
            press(Keys.TAB);
        }
    }

    /** The id of the element that has the focus; nothing if it has none. */
    public final String focused() {
        return (String) run("return document.activeElement.id");
    }

    /** The text of an element; of none that is hidden. */
    public final String text(String id) {
        return element(id).getText();
    }

    /** The value of an input, or of the progress bar. */
    public final String value(String id) {
        return element(id).getDomProperty("value");
    }

    public final String attribute(String id, String name) {
        return element(id).getDomAttribute(name);
    }

    public final boolean isDisplayed(String id) {
        return element(id).isDisplayed();
    }

    /** How many elements a selector finds. */
    public final int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** The texts of all elements that a selector finds, in one step: the page may drop some meanwhile. */
    @SuppressWarnings("unchecked") // a list of texts is what the script returns
    public final List<String> texts(String selector) {
        return (List<String>)
                run("return [...document.querySelectorAll(arguments[0])].map(found => found.textContent)", selector);
    }

    /** A property of an element as the style sheets make it. */
    public final String style(String selector, String property) {
        return (String) run(
                "return getComputedStyle(document.querySelector(arguments[0])).getPropertyValue(arguments[1])",
                selector,
                property);
    }

    /** The protocol by which the page came, as {@code h2}. */
    public final String protocol() {
        return (String) run("return performance.getEntriesByType('navigation')[0].nextHopProtocol");
    }

    /** What the browser's console has: errors of scripts, refusals of the content security policy. */
    public final List<String> console() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /**
     * Makes the window so large, and higher where the page is, as somebody's who prefers this.
     *
     * @param scheme {@code light} or {@code dark}
     * @param motion {@code no-preference} or {@code reduce}
     */
    public final void resize(int width, int height, String scheme, String motion) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", motion))));
        setViewport(width, height);
        setViewport(width, number("return document.documentElement.scrollHeight"));
    }

    /** How high the page is, which may be more than the window was made. */
    public final int height() {
        return number("return document.documentElement.scrollHeight");
    }

    /** How many pixels of the page are beyond the right edge. */
    public final int overflow() {
        return number("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Texts and controls that cannot be told well enough from what is behind them, each with its contrast. */
    @SuppressWarnings("unchecked") // a list of texts is what the script returns
    public final List<String> faint() {
        return (List<String>) run(Contrast.SCRIPT);
    }

    /** Keeps a picture of the window in {@code target/screenshots}. */
    public final Path photograph(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        return Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public final void close() {
        driver.quit();
    }

    final WebElement element(String id) {
        return driver.findElement(By.id(id));
    }

    private void setViewport(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private int number(String script) {
        return ((Number) run(script)).intValue();
    }

    final Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }
}
