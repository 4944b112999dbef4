package io.jenkins.plugins.imageupdate.bench;

import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx as it stands before most registries: TLS, HTTP/2, and a count of the connections that it took. */
final class Http2Proxy implements AutoCloseable {
    private static final long START_SECONDS = 10;
    private static final Pattern ACCEPTED = Pattern.compile("requests\\s+([0-9]+)");

    private final Process process;
    private final Path accessLog;
    private final Path certificate;
    private final int port;
    private final int statusPort;
    private final HttpClient asking = HttpClient.newHttpClient();

    /** @param registry its origin, on plain http */
    Http2Proxy(Path directory, String registry) throws IOException {
        port = freePort();
        statusPort = freePort();
        accessLog = directory.resolve("access.log");
        certificate = Files.writeString(directory.resolve("certificate.pem"), LoopbackCertificate.pem());
        Path key = Files.writeString(directory.resolve("key.pem"), LoopbackCertificate.privatePem());
        Path config = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 1024; }
                http {
                    log_format connections '$connection $server_protocol $status';
                    access_log %1$s/access.log connections;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    upstream registry { server %2$s; keepalive 128; }
                    server {
                        listen 127.0.0.1:%3$d ssl http2;
                        ssl_certificate %4$s;
                        ssl_certificate_key %5$s;
                        location / {
                            proxy_pass http://registry;
                            proxy_http_version 1.1;
                            proxy_set_header Connection "";
                            proxy_set_header Host $http_host;
                            proxy_set_header X-Forwarded-Proto https;
                        }
                    }
                    server {
                        listen 127.0.0.1:%6$d;
                        access_log off;
                        location / { stub_status; }
                    }
                }
                """.formatted(
                        directory, URI.create(registry).getAuthority(), port, certificate, key, statusPort));
        process = new ProcessBuilder("nginx", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        awaitStart(directory);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart(Path directory) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                accepted();
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        close();
        throw new IOException("nginx does not start: " + Files.readString(directory.resolve("output.log")));
    }

    /** What a client has to trust. */
    Path certificate() {
        return certificate;
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    /** The number of connections so far. This includes one connection at most for this query, since it is kept open. */
    int accepted() throws IOException {
        URI status = URI.create("http://127.0.0.1:" + statusPort + "/");
        try {
            String said = asking.send(
                            HttpRequest.newBuilder(status)
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher accepts = ACCEPTED.matcher(said);
            if (!accepts.find()) {
                throw new IOException("nginx says: " + said);
            }
            return Integer.parseInt(accepts.group(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** How many requests came by HTTP/2. */
    long http2Requests() throws IOException {
        return Files.readAllLines(accessLog).stream()
                .filter(line -> line.contains(" HTTP/2.0 200"))
                .count();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
