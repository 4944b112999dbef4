package io.jenkins.plugins.imageupdate.demo;

import io.jenkins.plugins.imageupdate.cli.CheckImage;
import io.jenkins.plugins.imageupdate.testing.JavaCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The demo without Jenkins: the same jobs in the same steps, each line as Jenkins' log has it. */
public final class TerminalDemo {
    private static final String LEFT_OUT =
            """
            Left out, since it is Jenkins itself: its Credentials, queue, restarts, permissions and pages. Where Jenkins' artifacts can be had,
            the same command starts a Jenkins with these jobs.""";

    private final DemoRegistry registry;
    private final Path folder;
    private final Consumer<String> log;

    private TerminalDemo(DemoRegistry registry, Path folder, Consumer<String> log) {
        this.registry = registry;
        this.folder = folder;
        this.log = log;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("image-update-demo");
        try (DemoRegistry registry = new DemoRegistry()) {
            new TerminalDemo(registry, folder, out::println).play();
        } finally {
            for (String name : List.of(DemoRegistry.KEY, DemoRegistry.WRONG_KEY)) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private void play() throws IOException, InterruptedException {
        log.accept("A registry on " + registry.host()
                + " answers as gcr.io does. The key of its service account was made for this run.");
        tryKeys();
        DemoChecks checks = DemoChecks.of(registry);
        StepJob step = new StepJob(checks, log);
        TriggerJob trigger = new TriggerJob(checks, log);
        step.build();
        step.build();
        trigger.check();
        log.accept("== push-new-version #1");
        log.accept(DemoImage.push(registry.origin(), "1.0.1"));
        step.build();
        trigger.check();
        trigger.check();
        log.accept("");
        log.accept(LEFT_OUT);
    }

    /** As a user does before anything is installed in Jenkins. */
    private void tryKeys() throws IOException, InterruptedException {
        log.accept("== Does the key read the image? The command line knows before Jenkins is asked");
        Files.writeString(folder.resolve(DemoRegistry.KEY), registry.key());
        Files.writeString(folder.resolve(DemoRegistry.WRONG_KEY), DemoRegistry.wrongKey());
        checkImage(DemoRegistry.KEY, 0);
        log.accept("== The same with the key of a deleted account");
        checkImage(DemoRegistry.WRONG_KEY, 1);
    }

    private void checkImage(String key, int expected) throws IOException, InterruptedException {
        List<String> arguments =
                List.of(registry.image(), "--key", key, "--plain-http", "--google-keys-allowed");
        log.accept("$ check-image " + String.join(" ", arguments));
        List<String> command = JavaCommand.of(CheckImage.class);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(log);
        }
        int exitCode = process.waitFor();
        if (exitCode != expected) {
            throw new IllegalStateException("check-image ended with " + exitCode + " and not with " + expected);
        }
    }
}
