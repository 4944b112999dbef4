package io.jenkins.plugins.imageupdate.registry;

import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Names that have another address when they are used than when they were checked. */
public final class ResolverAttacks {
    private static final String AIM = "the controller's network, by an attacker's name server";

    public static final List<Attack> ROWS = List.of(
            new Attack(
                    AIM,
                    "a name that had a public address when it was last checked, and 127.0.0.1 now",
                    "has the internal address",
                    () -> play("192.0.2.7 changing.example")),
            new Attack(
                    AIM,
                    "a name that had no address when it was last checked, and 127.0.0.1 now",
                    "has the internal address",
                    () -> play("# none")),
            new Attack(
                    AIM,
                    "a name whose address changes between the check and the connection",
                    "No subject alternative DNS name matching changing.example found.",
                    () -> play("in between")),
            new Attack(
                    AIM,
                    "a name that a listed registry redirects to, and that is 127.0.0.1 when it is asked again with a token",
                    "has the internal address",
                    () -> play("redirected")));

    private ResolverAttacks() {}

    private static String play(String before) throws Exception {
        Path hosts = Files.createTempFile("hosts", null);
        Path output = Files.createTempFile("output", null);
        List<String> command = JavaCommand.of(ChangingNames.class, "-Djdk.net.hosts.file=" + hosts);
        command.addAll(List.of(hosts.toString(), before));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || !said.contains("; asked 0 times")) {
                throw new AssertionError(said);
            }
            return said;
        } finally {
            process.destroyForcibly();
            Files.delete(hosts);
            Files.delete(output);
        }
    }
}
