package org.tidings.log.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that remembers what was used last, some 10,000 entries. Not safe for threads. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private static final int ENTRIES = 10_000;

    Recent() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > ENTRIES;
    }
}
