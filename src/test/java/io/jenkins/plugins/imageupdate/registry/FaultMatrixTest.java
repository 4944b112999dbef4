package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.testing.Checks;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault, and the kind of failure that it leads to. The rows are also the table of {@code docs/failures.md}: run this with
 * {@code -Dupdate.docs=true} to write it there.
 */
class FaultMatrixTest {
    private static final String HEADING =
            "| What was seen | Kind | What it means | What to do |\n| --- | --- | --- | --- |\n";
    private static final String BEGIN = "<!-- the fault matrix, written by FaultMatrixTest -->\n";
    private static final String END = "<!-- end of the fault matrix -->\n";

    static Stream<FaultRow> rows() {
        return Stream.of(
                        RefusalFaults.ROWS,
                        HostFaults.ROWS,
                        WordsFaults.ROWS,
                        RedirectFaults.ROWS,
                        AnswerFaults.ROWS,
                        ConnectionFaults.ROWS)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyFaultEndsInItsKind(FaultRow row) throws Exception {
        Warnings log = new Warnings();
        try (FaultScene scene = new FaultScene()) {
            Sighting seen = row.play().on(scene);
            if (row.kind() == null) {
                assertEquals(scene.digest(), Checks.digest(seen));
            } else {
                assertTold(row.kind(), seen, scene);
                String message = Checks.failure(seen).message();
                assertTrue(message.contains(row.says()), () -> "\"" + row.says() + "\" is missing in: " + message);
            }
            for (CountDownLatch end : scene.ended()) {
                assertTrue(end.await(20, TimeUnit.SECONDS), "a connection is left open");
            }
        } finally {
            log.close();
        }
        assertEquals(List.of(), List.copyOf(log.records), "an expected failure is nothing for the log");
    }

    private static void assertTold(FailureKind kind, Sighting seen, FaultScene scene) {
        Failure failure = Checks.failure(seen);
        String message = failure.message();
        assertEquals(kind, failure.kind(), message);
        String image = seen.image().reference().toString();
        String who =
                seen.credentialsId() == null ? "no credential was used" : "credential '" + FaultScene.CREDENTIAL + "'";
        for (String part : List.of(image, kind.toString(), kind.meaning(), who, kind.wayOut())) {
            assertTrue(message.contains(part), () -> "\"" + part + "\" is missing in: " + message);
        }
        Stream.concat(
                        Stream.of(FaultScene.FOREIGN, FaultScene.KEY_CANARY, pieceOfPrivateKey()),
                        scene.front().tokensIssued().stream().map(token -> token.value()))
                .forEach(secret -> assertFalse(message.contains(secret), message));
        assertFalse(message.contains("\n"), message);
    }

    private static String pieceOfPrivateKey() {
        return ServiceAccountKeys.privateKey().lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void everyKindHasARow() {
        Set<FailureKind> missing = EnumSet.allOf(FailureKind.class);
        rows().forEach(row -> missing.remove(row.kind()));
        assertEquals(Set.of(), missing);
    }

    @Test
    void theTableIsInTheDocumentation() throws IOException {
        String table = BEGIN + HEADING + rows().map(FaultRow::markdown).collect(Collectors.joining("\n")) + "\n" + END;
        Path page = documentation().resolve("failures.md");
        String before = Files.readString(page);
        int begin = before.indexOf(BEGIN);
        int end = before.indexOf(END);
        assertTrue(begin >= 0 && end > begin, page + " has no place for the table");
        String after = before.substring(0, begin) + table + before.substring(end + END.length());
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(page, after);
        }
        assertEquals(after, Files.readString(page), "run this test with -Dupdate.docs=true");
    }

    /** In the root of the source tree, whichever of its two builds runs this. */
    private static Path documentation() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("docs"))) {
            directory = directory.getParent();
        }
        return directory.resolve("docs");
    }

    private static final class Warnings extends Handler {
        private final Queue<String> records = new ConcurrentLinkedQueue<>();

        Warnings() {
            Logger.getLogger("").addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                records.add(entry.getLoggerName() + ": " + entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            Logger.getLogger("").removeHandler(this);
        }
    }
}
