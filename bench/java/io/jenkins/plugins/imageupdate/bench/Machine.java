package io.jenkins.plugins.imageupdate.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a figure was measured on. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException, InterruptedException {
        String processor = "unknown processor";
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            processor = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(processor);
        }
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %s %s, Java %s, docker-registry %s, skopeo %s, nginx %s",
                Runtime.getRuntime().availableProcessors(),
                processor,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                version("docker-registry", "--version"),
                version("skopeo", "--version"),
                version("nginx", "-v"));
    }

    /** Programs that waited for a core, on average over the last minute. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String version(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            process.waitFor(10, TimeUnit.SECONDS);
            return said.strip().replaceAll("(?s)^.*?([0-9]+\\.[0-9]+[^\\s]*).*$", "$1");
        } catch (IOException e) {
            return "missing";
        }
    }
}
