package io.jenkins.plugins.imageupdate.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Ends the command with one line on standard error. The message names the input, the reason and the way out. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    /** Says why a file cannot be read or written, without its path. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        return e instanceof FileSystemException problem
                ? Objects.requireNonNullElse(problem.getReason(), e.getClass().getSimpleName())
                : Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
