package io.jenkins.plugins.imageupdate.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Looks for canaries in everything that is logged: by this plugin at every level, by all others at theirs. */
final class CanaryLog extends Handler {
    /** Kept as a reference, since a logger without references loses its level. */
    private static final Logger PLUGIN = Logger.getLogger("io.jenkins.plugins.imageupdate");

    private final Formatter formatter = new SimpleFormatter();

    static void listen() {
        Logger root = Logger.getLogger("");
        PLUGIN.setLevel(Level.ALL);
        for (Handler handler : root.getHandlers()) {
            if (handler instanceof CanaryLog) {
                return;
            }
        }
        Handler own = new CanaryLog();
        own.setLevel(Level.ALL);
        root.addHandler(own);
    }

    @Override
    public void publish(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append(entry.getLoggerName()).append(' ').append(formatter.formatMessage(entry));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        Canaries.search("the log of " + entry.getLoggerName(), text.toString());
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
