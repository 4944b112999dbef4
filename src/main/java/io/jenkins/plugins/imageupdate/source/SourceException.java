package io.jenkins.plugins.imageupdate.source;

/** A part of a file cannot be understood; what was found in the rest of it stands. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean template;

    public SourceException(int line, String message) {
        this(line, message, false);
    }

    private SourceException(int line, String message, boolean template) {
        super(message);
        this.line = line;
        this.template = template;
    }

    /** A part of the file is that of a template, from which a file is yet to be made. */
    public static SourceException template(int line) {
        return new SourceException(line, "this is a template", true);
    }

    /** Whether the part is that of a template. */
    public boolean isTemplate() {
        return template;
    }

    /** The same with what it is about put before the message, and at this line where it knows none. */
    public SourceException at(int otherwise, String where) {
        return new SourceException(line > 0 ? line : otherwise, where + getMessage(), template);
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
