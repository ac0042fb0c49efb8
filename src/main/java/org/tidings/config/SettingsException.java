package org.tidings.config;

import java.util.List;

/** Settings are wrong. The message is one sentence that names each with its value and what is allowed. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
