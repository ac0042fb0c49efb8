package org.tidings.testkit;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The tabs of a real Chromium, each with a plain page of the server's origin, which scripts are given to. What becomes
 * of a tab's client in them is {@code window.heard}.
 */
public final class BrowserTabs implements AutoCloseable {
    private final ChromeDriver driver;
    private final URI page;
    private final List<String> tabs = new ArrayList<>();

    /**
     * @param server the address that the pages come from
     * @param further arguments of Chromium
     */
    public BrowserTabs(URI server, String... further) {
        page = server.resolve("tidings.d.ts"); // a page that does nothing, and forbids nothing
        driver = Chromium.start(further);
        driver.manage().timeouts().scriptTimeout(Patience.LIMIT);
    }

    /** Opens further tabs. */
    public void open(int count) {
        for (int i = 0; i < count; i++) {
            if (!tabs.isEmpty()) {
                driver.switchTo().newWindow(WindowType.TAB);
            }
            driver.get(page.toString());
            tabs.add(driver.getWindowHandle());
        }
    }

    /** How many there are, of which the first has the number 0. */
    public int count() {
        return tabs.size();
    }

    /**
     * Lets a tab connect with tidings.js and keep the data of what it hears.
     *
     * @param options of {@code connect}, as JavaScript
     */
    public void connect(int tab, String options, String topic) {
        promise(tab, """
                const {connect} = await import('./tidings.js');
                window.heard = [];
                window.troubles = [];
                window.tidings = connect('hub', %s);
                tidings.onstatechange = change => (window.transport = change.transport);
                tidings.ongap = gap => troubles.push(gap.reason);
                tidings.onerror = ({error}) => troubles.push(String(error));
                tidings.subscribe('%s', ({data}) => heard.push(data));
                """.formatted(options, topic));
    }

    /** What the client of a tab has heard. */
    @SuppressWarnings("unchecked") // a list of texts is what the script returns
    public List<String> heard(int tab) {
        return (List<String>) run(tab, "return heard");
    }

    /** The gaps and errors that the client of a tab was told of. */
    @SuppressWarnings("unchecked") // a list of texts is what the script returns
    public List<String> troubles(int tab) {
        return (List<String>) run(tab, "return troubles");
    }

    /** The state of the client of a tab. */
    public String state(int tab) {
        return (String) run(tab, "return tidings.state");
    }

    /** Runs a script in a tab. */
    public Object run(int tab, String script) {
        driver.switchTo().window(tabs.get(tab));
        return driver.executeScript(script);
    }

    /** Runs a script in a tab that may wait, and gives what it returns. */
    public Object promise(int tab, String script) {
        driver.switchTo().window(tabs.get(tab));
        Object result = driver.executeAsyncScript(
                "const done = arguments[0]; (async () => {" + script + "})().then(done, e => done(`failed: ${e}`))");
        if (result instanceof String text && text.startsWith("failed: ")) {
            throw new AssertionError(text);
        }
        return result;
    }

    /** A person closes a tab. */
    public void close(int tab) {
        driver.switchTo().window(tabs.remove(tab));
        driver.close();
    }

    /** The process of a tab ends at once, in the middle of whatever it did. */
    public void kill(int tab) {
        driver.switchTo().window(tabs.remove(tab));
        try {
            driver.get("chrome://crash");
        } catch (WebDriverException e) {
            return; // The tab crashed.
        }
        throw new AssertionError("the tab survived");
    }

    /** The shared workers of the browser, by names that no other one gets. */
    @SuppressWarnings("unchecked") // a list of objects is what the protocol has
    public List<String> sharedWorkers() {
        var targets = (List<Map<String, Object>>)
                driver.executeCdpCommand("Target.getTargets", Map.of()).get("targetInfos");
        return targets.stream()
                .filter(target -> target.get("type").equals("shared_worker"))
                .map(target -> target.get("targetId").toString())
                .toList();
    }

    /** The browser freezes a tab in the background, or lets it go on. */
    public void freeze(int tab, boolean frozen) {
        driver.switchTo().window(tabs.get(tab));
        driver.executeCdpCommand("Page.setWebLifecycleState", Map.of("state", frozen ? "frozen" : "active"));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
