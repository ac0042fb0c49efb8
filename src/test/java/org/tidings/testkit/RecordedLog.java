package org.tidings.testkit;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs, until it is closed; nobody else hears of it meanwhile. */
public final class RecordedLog extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Level> levels = new CopyOnWriteArrayList<>();

    public RecordedLog(Class<?> speaker) {
        logger = Logger.getLogger(speaker.getName());
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    /** The messages so far, with their parameters. */
    public List<String> lines() {
        return lines;
    }

    /** How bad each of them is. */
    public List<Level> levels() {
        return levels;
    }

    @Override
    public void publish(LogRecord entry) {
        levels.add(entry.getLevel());
        lines.add(
                entry.getParameters() == null
                        ? entry.getMessage()
                        : MessageFormat.format(entry.getMessage(), entry.getParameters()));
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
