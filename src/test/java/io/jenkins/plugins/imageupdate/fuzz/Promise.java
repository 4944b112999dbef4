package io.jenkins.plugins.imageupdate.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Checks that all parsers share: inputs as text, and messages that can be shown. */
public final class Promise {
    /** Stands in seeds for what is secret. */
    public static final String SECRET = "CANARY";

    private static final int LONGEST_MESSAGE = 2_000;

    private Promise() {}

    public static void kept(boolean kept, Supplier<String> otherwise) {
        if (!kept) {
            throw new AssertionError(otherwise.get());
        }
    }

    public static void equal(Object expected, Object found) {
        kept(expected.equals(found), () -> "expected " + expected + " but found " + found);
    }

    /** A message for users: there, of bounded length, in one line. */
    public static void readable(String message) {
        kept(message != null && !message.isBlank(), () -> "no message");
        kept(message.length() <= LONGEST_MESSAGE, () -> "a message of " + message.length() + " characters");
        kept(message.chars().noneMatch(Character::isISOControl), () -> "a message with control characters: " + message);
    }

    /** As {@link #readable}, and it repeats no secret. */
    public static void discreet(String message) {
        readable(message);
        kept(!message.contains(SECRET), () -> "a message with a secret: " + message);
    }

    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** Lines as values of headers, which the JDK's client reads as ISO 8859-1. */
    public static List<String> headers(byte[] input) {
        return Arrays.asList(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
    }
}
