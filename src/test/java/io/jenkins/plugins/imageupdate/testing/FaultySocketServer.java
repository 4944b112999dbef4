package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A raw socket on a free port of 127.0.0.1 that breaks HTTP as its scripts say: what no HTTP library would send. */
public final class FaultySocketServer implements AutoCloseable {
    private static final int BACKLOG = 100;

    private final ServerSocket listener;
    private final List<SocketScript> scripts;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("faulty-socket-server"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FaultySocketServer(List<SocketScript> scripts) {
        this.scripts = scripts;
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first connection gets the first script, and so on; further ones get the last. */
    public static FaultySocketServer start(SocketScript first, SocketScript... further) {
        List<SocketScript> scripts = new CopyOnWriteArrayList<>(further);
        scripts.add(0, first);
        FaultySocketServer server = new FaultySocketServer(scripts);
        server.threads.execute(server::accept);
        return server;
    }

    /** {@code 127.0.0.1:port}, as it stands in an image reference. */
    public String host() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public String origin() {
        return "http://" + host();
    }

    /** How many connections were made. */
    public int connections() {
        return connections.get();
    }

    /** The request lines and headers that scripts have read. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How much was sent on all connections, which tells whether a client gave up an endless answer. */
    public long bytesWritten() {
        return written.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                int number = connections.getAndIncrement();
                if (closed.getCount() == 0) {
                    socket.close();
                    return;
                }
                threads.execute(() -> play(socket, scripts.get(Math.min(number, scripts.size() - 1))));
            }
        } catch (IOException | RejectedExecutionException e) {
            // The server was closed; so is every socket, this one by close() or above.
        }
    }

    private void play(Socket socket, SocketScript script) {
        try (socket) {
            script.play(new SocketPeer(socket, requests::add, written, closed));
        } catch (IOException e) {
            // The client gave up or the server was closed: either ends the script.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    /** Ends all connections and all threads. */
    @Override
    public void close() {
        closed.countDown();
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
