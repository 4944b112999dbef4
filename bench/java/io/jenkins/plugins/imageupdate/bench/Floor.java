package io.jenkins.plugins.imageupdate.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least that any client can take here: HEAD requests over connections that are open already, one thread for each, with nothing
 * parsed but the status. What it takes beyond the arithmetic is the servers' and the machine's, not a client's.
 */
final class Floor {
    private final String host;
    private final int port;
    private final List<byte[]> requests;

    /** @param heads requests with all their headers, as they go out */
    Floor(String hostAndPort, List<String> heads) {
        int colon = hostAndPort.lastIndexOf(':');
        host = hostAndPort.substring(0, colon);
        port = Integer.parseInt(hostAndPort.substring(colon + 1));
        requests = heads.stream()
                .map(head -> head.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Sends every request once, so many at a time, and gives the seconds it took. */
    double seconds(int parallel) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < parallel; i++) {
                Socket socket = new Socket(host, port);
                socket.setTcpNoDelay(true);
                sockets.add(socket);
            }
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> ends = new ArrayList<>();
            long begun = System.nanoTime();
            for (Socket socket : sockets) {
                ends.add(threads.submit(() -> {
                    InputStream in = new BufferedInputStream(socket.getInputStream());
                    for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
                        socket.getOutputStream().write(requests.get(i));
                        readHead(in);
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            return (System.nanoTime() - begun) / 1e9;
        } catch (ExecutionException e) {
            throw new IOException("the floor could not be measured", e.getCause());
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
            threads.shutdownNow();
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder status = new StringBuilder();
        int ends = 0;
        boolean first = true;
        while (ends < 2) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c == '\n') {
                ends++;
                first = false;
            } else if (c != '\r') {
                ends = 0;
            }
            if (first) {
                status.append((char) c);
            }
        }
        if (!status.toString().contains(" 200")) {
            throw new IOException("refused: " + status);
        }
    }
}
