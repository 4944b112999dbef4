package io.jenkins.plugins.imageupdate.fuzz;

import io.jenkins.plugins.imageupdate.events.EventFuzz;
import io.jenkins.plugins.imageupdate.registry.RegistryFuzz;
import io.jenkins.plugins.imageupdate.registry.auth.AuthFuzz;
import io.jenkins.plugins.imageupdate.registry.auth.google.GoogleFuzz;
import io.jenkins.plugins.imageupdate.registry.http.HttpFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All parsers under fuzzing, and what the fuzzer calls. With the system property {@code fuzz.target} it gets one parser; without, the
 * first byte of an input chooses among all, so that one short run has a look at each.
 */
public final class FuzzTargets {
    private static final SortedMap<String, FuzzTarget> ALL = all();
    private static final List<FuzzTarget> IN_ORDER = List.copyOf(ALL.values());
    private static final String ONLY = System.getProperty("fuzz.target", "");

    private FuzzTargets() {}

    private static SortedMap<String, FuzzTarget> all() {
        SortedMap<String, FuzzTarget> targets = new TreeMap<>(RegistryFuzz.targets());
        targets.putAll(HttpFuzz.targets());
        targets.putAll(AuthFuzz.targets());
        targets.putAll(GoogleFuzz.targets());
        targets.putAll(EventFuzz.targets());
        targets.putAll(ParserFuzz.targets());
        return targets;
    }

    static SortedMap<String, FuzzTarget> byName() {
        return ALL;
    }

    /** By this name and signature Jazzer finds it. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (!ONLY.isEmpty()) {
            ALL.get(ONLY).feed(input);
        } else if (input.length > 0) {
            IN_ORDER.get((input[0] & 0xff) % IN_ORDER.size()).feed(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    /** Lays the seeds out as the fuzzer wants them. Arguments: the folder of seeds, the folder to fill, the one target if any. */
    public static void main(String... arguments) throws IOException {
        Path seeds = Path.of(arguments[0]);
        Path corpus = Files.createDirectories(Path.of(arguments[1]));
        List<String> names = new ArrayList<>(ALL.keySet());
        for (String name : arguments.length > 2 ? List.of(arguments[2]) : names) {
            if (!ALL.containsKey(name)) {
                throw new IllegalArgumentException("no target is called " + name + "; there are " + names);
            }
            for (Path seed : seeds(seeds, name)) {
                byte[] content = Files.readAllBytes(seed);
                byte[] input = arguments.length > 2 ? content : chosen(names.indexOf(name), content);
                Files.write(corpus.resolve(name + "-" + seed.getFileName()), input);
            }
        }
    }

    private static byte[] chosen(int number, byte[] content) {
        byte[] input = new byte[content.length + 1];
        input[0] = (byte) number;
        System.arraycopy(content, 0, input, 1, content.length);
        return input;
    }

    static List<Path> seeds(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.sorted().toList();
        }
    }
}
