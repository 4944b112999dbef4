package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * An HTTP proxy on 127.0.0.1 that wants a Basic login, or none; it leads to 127.0.0.1 only, by CONNECT and by whole addresses. Some names may
 * stand for ports there.
 */
public final class LoginProxy implements AutoCloseable {
    private static final String REFUSED =
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket listener;
    private final String login;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("login-proxy"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** By host. */
    private final Map<String, Integer> ports;

    /** @param login the header that is wanted, empty for none */
    private LoginProxy(String login, Map<String, Integer> ports) {
        this.login = login;
        this.ports = Map.copyOf(ports);
        try {
            listener = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static LoginProxy start(String user, String password) {
        String pair = user + ":" + password;
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return start(new LoginProxy("proxy-authorization: Basic " + encoded, Map.of()));
    }

    /**
     * A proxy that wants no login.
     *
     * @param ports of this machine, by the names of the hosts that they stand for
     */
    public static LoginProxy leading(Map<String, Integer> ports) {
        return start(new LoginProxy("", ports));
    }

    private static LoginProxy start(LoginProxy proxy) {
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Request lines and headers of all that came in. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException | RejectedExecutionException e) {
            // The proxy was closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            requests.add(head);
            boolean known = login.isEmpty()
                    || head.lines()
                            .anyMatch(line -> line.regionMatches(true, 0, login, 0, 27)
                                    && line.endsWith(login.substring(login.lastIndexOf(' '))));
            if (!known) {
                client.getOutputStream().write(REFUSED.getBytes(StandardCharsets.US_ASCII));
                return;
            }
            String[] line = head.split(" ", 3);
            boolean tunnel = line[0].equals("CONNECT");
            URI target = URI.create(tunnel ? "https://" + line[1] : line[1]);
            int port = ports.getOrDefault(target.getHost(), target.getPort());
            if (!target.getHost().equals("127.0.0.1") && !ports.containsKey(target.getHost())) {
                client.getOutputStream().write("HTTP/1.1 403 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            try (Socket server = new Socket("127.0.0.1", port)) {
                open.add(server);
                if (tunnel) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    server.getOutputStream().write(forwarded(head, target).getBytes(StandardCharsets.ISO_8859_1));
                }
                threads.execute(() -> pump(client, server));
                pump(server, client);
            }
        } catch (IOException | RejectedExecutionException e) {
            // One of the three ended the connection.
        } finally {
            open.remove(client);
        }
    }

    /** As a proxy passes it on: the path alone, its own login taken out, and one request to a connection. */
    private static String forwarded(String head, URI target) {
        StringBuilder out = new StringBuilder();
        String path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        head.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            if (out.isEmpty()) {
                out.append(line.split(" ", 2)[0]).append(' ').append(path).append(" HTTP/1.1\r\n");
            } else if (!line.toLowerCase(java.util.Locale.ROOT).startsWith("proxy-")) {
                out.append(line).append("\r\n");
            }
        });
        return out + "Connection: close\r\n\r\n";
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request is not whole");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void pump(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // The other end is gone, which ends this one.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DaemonThreads.stop(threads);
        }
    }
}
