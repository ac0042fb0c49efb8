package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.tidings.testkit.BrowserPage;

/** Pictures of a page, light and dark, wide and narrow, for people; and what can be said of each without eyes. */
final class Screenshots {
    /** A small notebook's, and a phone's. */
    private static final int WIDE = 1280;

    private static final int NARROW = 360;
    private static final int HEIGHT = 800;

    private Screenshots() {}

    /**
     * Takes {@code target/screenshots/<name>-{light,dark}-{wide,narrow}.png} of the page as it is.
     *
     * @throws AssertionError if something is beyond the right edge, or is hard to read
     */
    static void take(BrowserPage page, String name) throws IOException {
        for (String scheme : new String[] {"light", "dark"}) {
            take(page, name, scheme, "wide", WIDE);
            take(page, name, scheme, "narrow", NARROW);
        }
    }

    private static void take(BrowserPage page, String name, String scheme, String form, int width) throws IOException {
        String picture = name + "-" + scheme + "-" + form;
        page.resize(width, HEIGHT, scheme, "reduce");
        assertThat(page.overflow())
                .as("pixels of " + picture + " beyond the edge")
                .isZero();
        assertThat(page.faint()).as("what is faint on " + picture).isEmpty();
        assertThat(page.photograph(picture)).isNotEmptyFile();
    }
}
