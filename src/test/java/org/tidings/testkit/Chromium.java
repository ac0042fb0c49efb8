package org.tidings.testkit;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Starts real browsers, each with a profile of its own. */
final class Chromium {
    private static final Path PROFILES = Path.of("target", "browser").toAbsolutePath();
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox", // Chromium refuses to run as root with it, and that is what a container's user is.
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    // Held, because the logging system forgets the level of a logger that nobody holds.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private Chromium() {}

    /** @param further arguments of Chromium */
    static ChromeDriver start(String... further) {
        SELENIUM.setLevel(Level.SEVERE);
        var options = new ChromeOptions();
        options.setBinary(executable("chromium"));
        options.addArguments(ARGUMENTS);
        options.addArguments(further);
        options.addArguments(
                "--user-data-dir=" + PROFILES.resolve(UUID.randomUUID().toString()));
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(executable("chromedriver")) // named, so that none is looked for elsewhere
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        return new ChromeDriver(service, options);
    }

    private static File executable(String name) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(directory -> new File(directory, name))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not on the PATH; ./verify installs it"));
    }
}
