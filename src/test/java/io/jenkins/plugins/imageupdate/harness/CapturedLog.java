package io.jenkins.plugins.imageupdate.harness;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Captures all log records: by this plugin at every level, see {@code CanaryLog}, by all others at theirs. */
public final class CapturedLog extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final StringBuffer text = new StringBuffer();

    public CapturedLog() {
        setLevel(Level.ALL);
        ROOT.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        text.append(formatter.format(entry));
    }

    public String text() {
        return text.toString();
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
