package io.jenkins.plugins.imageupdate.registry.auth.google;

import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.FakeGoogle;
import io.jenkins.plugins.imageupdate.testing.GcrFront;
import io.jenkins.plugins.imageupdate.testing.InProcessRegistry;
import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import io.jenkins.plugins.imageupdate.testing.SecretSearch;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Logins in a dump of the heap, long after the check that needed them. */
public final class HeapAttacks {
    private static final String PASSWORD = "dumped-password-0d2f6c1b9a";
    private static final String ACCOUNT = "reader@p.iam.gserviceaccount.com";
    private static final String KEY = ServiceAccountKeys.create("p", ACCOUNT, "dumped-key-4be0713fa5");
    private static final String TOKEN = "ya29.issued-by-google-1";

    public static final List<Attack> ROWS = List.of(
            dumped("a password", "password", PASSWORD),
            dumped("an access token", "token", "ya29.dumped-7d1c25e0b3"),
            dumped("a key that is sent", "key", KEY),
            dumped("a key that signs, and another one after it", "signing", KEY));

    private HeapAttacks() {}

    private static Attack dumped(String what, String kind, String secret) {
        return new Attack(
                "a secret in the controller's memory",
                "a dump of the heap after a check with " + what,
                "nothing of it is left",
                () -> play(kind, secret));
    }

    private static String play(String kind, String secret) throws Exception {
        Path folder = Files.createTempDirectory("dump");
        try (InProcessRegistry registry = InProcessRegistry.start();
                GcrFront front = GcrFront.inFrontOf(registry.origin());
                FakeGoogle google = FakeGoogle.start()) {
            String digest = registry.pushImage("p/app", "stable", "one");
            google.know(ACCOUNT);
            front.grantUser("robot", PASSWORD, "p/*");
            front.grantAccessToken(kind.equals("token") ? secret : TOKEN, "p/*");
            front.grantKey(KEY, "p/*");
            String said = run(front.host(), google.origin(), kind, Files.writeString(folder.resolve("secret"), secret));
            if (!said.startsWith(digest)) {
                throw new AssertionError(said);
            }
            SecretSearch search = search(secret);
            List<String> with = search.in(Files.readAllBytes(folder.resolve("with.hprof")));
            List<String> after = search.in(Files.readAllBytes(folder.resolve("after.hprof")));
            if (with.isEmpty()) {
                throw new AssertionError("a login that is there is not found");
            }
            return after.isEmpty() ? "nothing of it is left" : "there is " + after;
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** The secret in every spelling, and the numbers that make a private key. */
    private static SecretSearch search(String secret) {
        SecretSearch search = new SecretSearch();
        if (secret.equals(KEY)) {
            search.add("the private key", ServiceAccountKeys.privateKey());
            ServiceAccountKeys.privateNumbers().forEach(search::add);
        } else {
            search.add("the secret", secret);
        }
        return search;
    }

    private static String run(String host, String google, String kind, Path secret) throws Exception {
        Path output = secret.resolveSibling("output");
        // Compacts the heap at each collection: Java 25 writes dead objects that it left in their place to the dump, as
        // fillers.
        List<String> command =
                JavaCommand.of(DumpedHeap.class, "-Xmx64m", "-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1");
        command.addAll(List.of(
                host, google, kind, secret.toString(), secret.getParent().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            return ended ? Files.readString(output, StandardCharsets.UTF_8) : "it does not end";
        } finally {
            process.destroyForcibly();
        }
    }
}
