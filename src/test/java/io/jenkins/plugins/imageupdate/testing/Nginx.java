package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nginx with a configuration of its own, as the HTTP/2 front of a registry: TLS with {@link LoopbackCertificate}. */
public final class Nginx implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Path folder;
    private final Process process;
    private final int port;

    private Nginx(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts nginx in front of a server. Skips the test if nginx is missing.
     *
     * @param origin of the server, plain HTTP
     * @param settings further lines of the {@code server} block; without any, nginx ends a connection after 1000 requests
     */
    public static Nginx inFrontOf(String origin, String settings) throws IOException, InterruptedException {
        Path program = Tools.require("nginx");
        Path folder = Files.createTempDirectory("nginx");
        Files.writeString(folder.resolve("cert.pem"), LoopbackCertificate.pem());
        Files.writeString(folder.resolve("key.pem"), LoopbackCertificate.privatePem());
        int port = freePort();
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; master_process off; pid %1$s/pid; error_log %1$s/error.log;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  upstream registry { server %2$s; keepalive 16; }
                  server {
                    listen 127.0.0.1:%3$d ssl http2;
                    ssl_certificate %1$s/cert.pem; ssl_certificate_key %1$s/key.pem;
                    location / { proxy_pass http://registry; proxy_http_version 1.1; proxy_set_header Connection ""; }
                    %4$s
                  }
                }
                """.formatted(
                        folder, URI.create(origin).getAuthority(), port, settings));
        Process process = new ProcessBuilder(
                        program.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        folder.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Nginx nginx = new Nginx(folder, process, port);
        nginx.awaitStart();
        return nginx;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (System.nanoTime() < end) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IOException(Files.readString(folder.resolve("output")));
            }
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException e) {
                continue; // not yet
            }
        }
        throw new IOException("nginx does not listen");
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
