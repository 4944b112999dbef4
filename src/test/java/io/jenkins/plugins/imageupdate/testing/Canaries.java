package io.jenkins.plugins.imageupdate.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Secrets of this JVM's tests. {@link CanaryWatch} searches for them after each test. Also records where one was found. */
public final class Canaries {
    private static final SecretSearch SEARCH = new SecretSearch();
    private static final Set<String> SEEN = new TreeSet<>();

    private Canaries() {}

    /** Has everything searched for it from now on. */
    public static String plant(String name, String secret) {
        SEARCH.add(name, secret);
        return secret;
    }

    /** The names of those that are in a content. */
    public static List<String> in(byte[] content) {
        return SEARCH.in(content);
    }

    /** Looks through what a test made, and remembers what is found. */
    public static void search(String place, String content) {
        SEARCH.in(content).forEach(name -> report(place, name));
    }

    static synchronized void report(String place, String name) {
        SEEN.add(name + " in " + place);
    }

    /** What was found since this was last asked. */
    public static synchronized List<String> found() {
        List<String> found = new ArrayList<>(SEEN);
        SEEN.clear();
        return found;
    }
}
