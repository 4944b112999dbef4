package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program under measurement: a process of its own for every run, which prints a line per round. */
final class Contestant {
    private static final Pattern ROUND = Pattern.compile(
            "^round=[0-9]+ images=[0-9]+ (?:cpu=([0-9.]+) )?seconds=([0-9.]+) requests=([0-9]+) tokens=([0-9]+)$",
            Pattern.MULTILINE);

    private final List<String> command;
    private final LongLine line;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Double> cold = new ArrayList<>();
    private final List<Double> warm = new ArrayList<>();
    private final List<Double> warmCpu = new ArrayList<>();
    private int coldRequests;
    private int coldTokens;
    private int warmRequests;
    private int warmTokens;
    private boolean mayFail;
    private int failed;

    Contestant(LongLine line, String... command) {
        this.line = line;
        this.command = List.of(command);
    }

    /** With a certificate that programs in Go trust. */
    Contestant trusting(Path certificate) {
        environment.put("SSL_CERT_FILE", certificate.toString());
        return this;
    }

    /** As a client of another project, whose failure is counted and does not end the benchmark. */
    Contestant mayFail() {
        mayFail = true;
        return this;
    }

    /** The same JVM and class path as this, so that only the client differs. */
    static Contestant java(LongLine line, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JavaCommand.program("java"), "-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        return new Contestant(line, command.toArray(String[]::new));
    }

    /** One run; a process that prints no rounds is a round by itself, started anew, and so always cold. */
    void run() throws IOException, InterruptedException {
        line.clear();
        long begun = System.nanoTime();
        String printed;
        try {
            printed = output();
        } catch (IOException e) {
            if (!mayFail) {
                throw e;
            }
            failed++;
            return;
        }
        Matcher round = ROUND.matcher(printed);
        double whole = (System.nanoTime() - begun) / 1e9;
        if (!round.find()) {
            cold.add(whole);
            coldRequests = line.requests();
            coldTokens = line.tokens();
            return;
        }
        cold.add(Double.valueOf(round.group(2)));
        coldRequests = Integer.parseInt(round.group(3));
        coldTokens = Integer.parseInt(round.group(4));
        while (round.find()) {
            warm.add(Double.valueOf(round.group(2)));
            warmRequests += Integer.parseInt(round.group(3));
            warmTokens += Integer.parseInt(round.group(4));
            if (round.group(1) != null) {
                warmCpu.add(Double.valueOf(round.group(1)));
            }
        }
    }

    /** All that it printed; what goes wrong there ends the benchmark. */
    String output() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " ended with " + process.exitValue() + ": " + printed);
            }
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }

    /** How many of its runs failed; what they said is on the standard error. */
    int failed() {
        return failed;
    }

    Spread cold() {
        return new Spread(cold);
    }

    Spread warm() {
        return new Spread(warm);
    }

    /** Seconds of the processor in a warm round, if the program says them. */
    Spread cpu() {
        return new Spread(warmCpu);
    }

    /** Requests in all, and those for tokens among them, of the last cold round. */
    String coldRequests() {
        return coldRequests + ", " + coldTokens;
    }

    /** The same of the average warm round. */
    String warmRequests() {
        return warm.isEmpty() ? "–" : warmRequests / warm.size() + ", " + warmTokens / warm.size();
    }
}
