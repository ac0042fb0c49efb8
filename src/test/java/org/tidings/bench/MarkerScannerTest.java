package org.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkerScannerTest {
    private static final int SIZE = 64;

    private final List<Long> found = new ArrayList<>();
    private final MarkerScanner scanner = new MarkerScanner(SIZE, found::add);

    @Test
    void findsEachMarkerWhereverTheReadsCut() {
        byte[] stream = (event(Marker.value(3, 123_456_789)) + event(Marker.value(0, 0)) + event(1))
                .getBytes(StandardCharsets.US_ASCII);
        for (int piece = 1; piece <= stream.length; piece++) {
            found.clear();
            for (int from = 0; from < stream.length; from += piece) {
                byte[] read = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + piece));
                scanner.scan(read, read.length);
            }

            assertThat(found).as("in pieces of %d", piece).containsExactly(Marker.value(3, 123_456_789), 0L, 1L);
        }
    }

    @Test
    void whatOnlyLooksLikeAMarkerIsNone() {
        scan("~T123~ ~~ T0000000000000000001~ ~T000000000000000000x~");
        scan("~~T0000000000000000007~");

        assertThat(found).containsExactly(7L);
    }

    @Test
    void onlyWhatWasReadCounts() {
        byte[] buffer = event(5).getBytes(StandardCharsets.US_ASCII);

        scanner.scan(buffer, 0);

        assertThat(found).isEmpty();
    }

    @Test
    void aValueIsAPublisherAndATime() {
        long value = Marker.value(31, 86_400_000_000_000L);

        assertThat(Marker.publisher(value)).isEqualTo(31);
        assertThat(Marker.time(value)).isEqualTo(86_400_000_000_000L);
    }

    private void scan(String text) {
        scanner.scan(text.getBytes(StandardCharsets.US_ASCII), text.length());
    }

    private static String event(long value) {
        byte[] data = Marker.data(SIZE);
        Marker.stamp(data, 0, value);
        return "8a\r\nid: a-1\ndata: " + new String(data, StandardCharsets.US_ASCII) + "\n\n\r\n";
    }
}
