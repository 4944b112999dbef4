package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program under measurement: a process of its own for every run, which prints a line per round. */
final class Contestant {
    private static final Pattern ROUND =
            Pattern.compile("^round=[0-9]+ .*seconds=([0-9.]+) requests=([0-9]+) tokens=([0-9]+)$", Pattern.MULTILINE);

    private final List<String> command;
    private final LongLine line;
    private final List<Double> cold = new ArrayList<>();
    private final List<Double> warm = new ArrayList<>();
    private int coldRequests;
    private int coldTokens;
    private int warmRequests;
    private int warmTokens;

    Contestant(LongLine line, String... command) {
        this.line = line;
        this.command = List.of(command);
    }

    /** The same JVM and class path as this, so that only the client differs. */
    static Contestant java(LongLine line, String classPath, String main, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(JavaCommand.program("java"), "-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        return new Contestant(line, command.toArray(String[]::new));
    }

    /** One run; a process that prints no rounds is a round by itself, started anew, and so always cold. */
    void run() throws IOException, InterruptedException {
        line.clear();
        long begun = System.nanoTime();
        Matcher round = ROUND.matcher(output());
        double whole = (System.nanoTime() - begun) / 1e9;
        if (!round.find()) {
            cold.add(whole);
            coldRequests = line.requests();
            coldTokens = line.tokens();
            return;
        }
        cold.add(Double.valueOf(round.group(1)));
        coldRequests = Integer.parseInt(round.group(2));
        coldTokens = Integer.parseInt(round.group(3));
        while (round.find()) {
            warm.add(Double.valueOf(round.group(1)));
            warmRequests += Integer.parseInt(round.group(2));
            warmTokens += Integer.parseInt(round.group(3));
        }
    }

    /** All that it printed; what goes wrong there ends the benchmark. */
    String output() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
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

    Spread cold() {
        return new Spread(cold);
    }

    Spread warm() {
        return new Spread(warm);
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
