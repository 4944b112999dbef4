package io.jenkins.plugins.imageupdate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the command, and what it said. */
record CommandRun(int exitCode, List<String> out, List<String> err) {
    /** Runs the command in this process. */
    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CheckImage.run(
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        return new CommandRun(
                exitCode, out.toString().lines().toList(), err.toString().lines().toList());
    }

    /** Runs the command in a process of its own, as a shell starts it in this folder, and waits for its end. */
    static CommandRun process(Path folder, Object... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("check-image", ".out");
        Path err = Files.createTempFile("check-image", ".err");
        List<String> command = JavaCommand.of(CheckImage.class);
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the command does not end");
            return new CommandRun(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Asserts that the command printed only one line, on standard error, and failed. Returns the line. */
    String refusal() {
        assertEquals(List.of(), out);
        assertEquals(1, err.size(), err::toString);
        assertEquals(CheckImage.FAILED, exitCode);
        return err.get(0);
    }

    /** Asserts that the command printed only one line, on standard output, and ended with this code. Returns the line. */
    String only(int expected) {
        assertEquals(List.of(), err);
        assertEquals(1, out.size(), out::toString);
        assertEquals(expected, exitCode);
        return out.get(0);
    }
}
