package io.jenkins.plugins.imageupdate.source;

import io.jenkins.plugins.imageupdate.registry.Printable;

/**
 * What could not be read or resolved in a file that names images.
 *
 * @param line counted from 1; 0 where it is the file as a whole
 * @param message what is wrong and the way out; text of the file in it is made fit for one line
 */
public record SourceProblem(String file, int line, String message) {
    /** {@code Dockerfile:12: FROM takes one or three words}. */
    @Override
    public String toString() {
        return at(file, line) + message;
    }

    static String at(String file, int line) {
        return Printable.of(file) + (line > 0 ? ":" + line : "") + ": ";
    }
}
