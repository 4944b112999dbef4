package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The CNCF distribution server itself (formerly Docker Registry; Debian's {@code docker-registry}) as a child process, storing in a
 * directory of the test's, open to everybody.
 */
public final class DistributionServer implements AutoCloseable {
    private static final String PROGRAM = "docker-registry";
    private static final long START_SECONDS = 30;
    private static final long STOP_SECONDS = 10;
    private static final int ATTEMPTS = 3;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Tells this server from another that got hold of the port first. */
    private static final String INSTANCE_HEADER = "X-Test-Instance";

    private final Process process;
    private final String host;
    private final String instance;
    private final Thread atExit;

    private DistributionServer(Process process, String host, String instance) {
        this.process = process;
        this.host = host;
        this.instance = instance;
        this.atExit = new Thread(process::destroyForcibly, "distribution-server-at-exit");
    }

    public static boolean installed() {
        return Tools.find(PROGRAM).isPresent();
    }

    /** Starts it and waits until it answers; what an earlier one stored in the directory is there again. Skips the test if it is missing. */
    public static DistributionServer start(Path directory) throws IOException {
        return start(directory, Map.of());
    }

    /** @param environment of the process, beside what it inherits */
    public static DistributionServer start(Path directory, Map<String, String> environment) throws IOException {
        Path program = Tools.require(PROGRAM);
        for (int attempt = 1; ; attempt++) {
            DistributionServer server = launch(program, directory, freePort(), environment);
            if (server.answers()) {
                return server;
            }
            server.close();
            // Between being found free and being bound, the port may have gone to somebody else.
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException(
                        "the distribution server does not answer: " + Files.readString(log(directory)));
            }
        }
    }

    /** {@code 127.0.0.1:port}, as it stands in an image reference. */
    public String host() {
        return host;
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public String origin() {
        return "http://" + host;
    }

    /**
     * The environment of a server that tells of each push (distribution, "Work with notifications").
     *
     * @param secret value of the header Authorization
     */
    public static Map<String, String> notifying(String url, String secret) {
        return Map.of(
                "REGISTRY_NOTIFICATIONS_ENDPOINTS",
                "[{name: jenkins, url: '" + url + "', headers: {Authorization: [Bearer " + secret
                        + "]}, timeout: 5s, threshold: 3, backoff: 1s}]");
    }

    private static DistributionServer launch(Path program, Path directory, int port, Map<String, String> environment)
            throws IOException {
        String host = "127.0.0.1:" + port;
        String instance = UUID.randomUUID().toString();
        Path config = Files.writeString(directory.resolve("distribution.yml"), config(host, instance, directory));
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_"));
        builder.environment().putAll(environment);
        DistributionServer server = new DistributionServer(builder.start(), host, instance);
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    private static String config(String host, String instance, Path directory) {
        String storage =
                directory.resolve("storage").toAbsolutePath().toString().replace("'", "''");
        return """
                version: 0.1
                log:
                  level: warn
                  accesslog:
                    disabled: true
                storage:
                  filesystem:
                    rootdirectory: '%s'
                  delete:
                    enabled: true
                  maintenance:
                    uploadpurging:
                      enabled: false
                http:
                  addr: %s
                  secret: for-tests-only
                  relativeurls: true
                  headers:
                    %s: [%s]
                """.formatted(storage, host, INSTANCE_HEADER, instance);
    }

    private static Path log(Path directory) {
        return directory.resolve("distribution.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Whether it comes to answer in time; false as soon as the process has ended. */
    private boolean answers() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                HttpResponse<byte[]> answer = PlainHttp.get(origin() + "/v2/");
                if (answer.headers()
                        .firstValue(INSTANCE_HEADER)
                        .filter(instance::equals)
                        .isPresent()) {
                    return true;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return false;
    }

    /** Ends the process; what it stored stays in the directory. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is going down already.
        }
    }
}
