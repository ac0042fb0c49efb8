package org.tidings.server;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Settings that a program gives, before all other sources. */
final class Overrides implements ConfigSource {
    /** Above the system properties, which are at 400. */
    private static final int ORDINAL = 1000;

    private final Map<String, String> values;

    Overrides(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return "overrides";
    }
}
