package io.jenkins.plugins.imageupdate.source;

/** A part of a file cannot be understood; what was found in the rest of it stands. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    public SourceException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Where only the caller knows the line. */
    public SourceException(String message) {
        this(0, message);
    }

    /** Counted from 1; 0 where this part did not know it. */
    public int line() {
        return line;
    }
}
