package io.jenkins.plugins.imageupdate.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Searches for secrets in all their forms: in clear, escaped for JSON, XML, HTML or a URL, in base64, in UTF-16.
 * One pass over a text finds any number of them (Rabin and Karp's search).
 */
public final class SecretSearch {
    /** Long enough to be in nothing by chance. */
    public static final int SHORTEST = 16;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]{" + SHORTEST + ",}");
    /** What all private keys begin with. */
    private static final Pattern COMMON = Pattern.compile("^(?:-----|MII)");

    private static final int WINDOW = 8;
    private static final int HASH_BITS = 16;
    private static final long HASH = 0x9E3779B97F4A7C15L;

    private record Needle(String name, byte[] bytes) {}

    private final Map<Long, List<Needle>> byStart = new HashMap<>();
    private final BitSet starts = new BitSet(1 << HASH_BITS);

    /**
     * Looks for this too. Of a text with other characters than letters and digits the runs of these are looked for, since the rest
     * is what escaping changes.
     */
    public void add(String name, String secret) {
        for (String line :
                secret.lines().filter(one -> !COMMON.matcher(one).find()).toList()) {
            PLAIN.matcher(line).results().forEach(run -> needle(name, run.group()));
            needle(name, line);
            needle(name, URLEncoder.encode(line, StandardCharsets.UTF_8));
            for (int before = 0; before < 3; before++) {
                base64(name, "x".repeat(before) + line, before);
            }
        }
    }

    /** Without the first and last characters, which are made of what stands beside the secret as well. */
    private void base64(String name, String text, int before) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = before == 0 ? 0 : 4;
        int to = bytes.length / 3 * 4;
        String whole = Base64.getEncoder().encodeToString(bytes).substring(from, to);
        needle(name, whole);
        needle(name, whole.replace('+', '-').replace('/', '_'));
    }

    private void needle(String name, String text) {
        add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Looks for these bytes too. */
    public synchronized void add(String name, byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException("too short to be searched for: " + name);
        }
        long window = 0;
        for (int i = 0; i < WINDOW; i++) {
            window = window << Byte.SIZE | bytes[i] & 0xff;
        }
        starts.set(hash(window));
        List<Needle> same = byStart.computeIfAbsent(window, start -> new ArrayList<>());
        if (same.stream().noneMatch(needle -> Arrays.equals(needle.bytes(), bytes))) {
            same.add(new Needle(name, bytes));
        }
    }

    private static int hash(long window) {
        return (int) (window * HASH >>> Long.SIZE - HASH_BITS);
    }

    /** The names of those that are in a text. */
    public List<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The names of those that are in a file's content, or in that without its zeros. */
    public List<String> in(byte[] content) {
        TreeSet<String> found = new TreeSet<>();
        find(content, content.length, found);
        byte[] dense = new byte[content.length];
        int length = 0;
        for (byte one : content) {
            if (one != 0) {
                dense[length++] = one;
            }
        }
        if (length < content.length) {
            find(dense, length, found);
        }
        return List.copyOf(found);
    }

    private synchronized void find(byte[] content, int length, TreeSet<String> found) {
        long window = 0;
        for (int i = 0; i < length; i++) {
            window = window << Byte.SIZE | content[i] & 0xff;
            if (i >= WINDOW - 1 && starts.get(hash(window))) {
                int start = i - WINDOW + 1;
                byStart.getOrDefault(window, List.of()).stream()
                        .filter(needle -> isAt(content, length, start, needle.bytes()))
                        .forEach(needle -> found.add(needle.name()));
            }
        }
    }

    private static boolean isAt(byte[] content, int length, int start, byte[] needle) {
        int end = start + needle.length;
        return end <= length && Arrays.equals(content, start, end, needle, 0, needle.length);
    }
}
