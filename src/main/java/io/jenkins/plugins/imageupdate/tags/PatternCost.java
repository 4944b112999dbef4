package io.jenkins.plugins.imageupdate.tags;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates how many instructions an expression becomes. RE2/J writes counted repetitions out, so that {@code ((a{1000}){1000}){1000}}
 * would fill the memory before it is known to be harmless otherwise. Too much is fine, too little is not.
 */
final class PatternCost {
    private static final long LIMIT = 1_000_000_000L;

    private final String regex;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;

    private PatternCost(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        PatternCost cost = new PatternCost(regex);
        while (cost.at < regex.length()) {
            cost.step();
        }
        while (!cost.outer.isEmpty()) {
            cost.close();
        }
        return cost.sum;
    }

    private void step() {
        char c = regex.charAt(at++);
        switch (c) {
            case '(' -> {
                outer.push(sum);
                sum = 0;
                last = 1;
            }
            case ')' -> close();
            case '[' -> {
                skipClass();
                atom();
            }
            case '{' -> repeat();
            case '\\' -> escape();
            case '*', '+', '?' -> sum++;
            default -> atom();
        }
    }

    /** What stands between \Q and \E means itself. */
    private void escape() {
        if (regex.startsWith("Q", at)) {
            int end = regex.indexOf("\\E", at);
            sum += (end < 0 ? regex.length() : end) - at;
            last = 1;
            at = end < 0 ? regex.length() : end + 2;
        } else {
            at++;
            atom();
        }
    }

    private void atom() {
        last = 1;
        sum++;
    }

    private void close() {
        last = Math.max(1, sum);
        sum = Math.min(LIMIT, (outer.isEmpty() ? 0 : outer.pop()) + last);
    }

    /** Up to the bracket that ends it; one that stands first does not. */
    private void skipClass() {
        at += regex.startsWith("^", at) ? 1 : 0;
        int first = at;
        while (at < regex.length() && (regex.charAt(at) != ']' || at == first)) {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** The greater of the numbers in the braces, if these are a repetition; other braces are text. */
    private void repeat() {
        int end = regex.indexOf('}', at);
        String[] counts = end < 0 ? new String[0] : regex.substring(at, end).split(",", -1);
        long most = 0;
        for (String count : counts) {
            most = Math.max(most, count.matches("[0-9]{1,9}") ? Long.parseLong(count) : 0);
        }
        if (most > 1) {
            long more = Math.min(LIMIT, last * (most - 1));
            sum = Math.min(LIMIT, sum + more);
            last = Math.min(LIMIT, last * most);
        }
    }
}
