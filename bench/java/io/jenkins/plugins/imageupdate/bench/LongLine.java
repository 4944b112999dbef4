package io.jenkins.plugins.imageupdate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A registry at the other end of a long line: an answer leaves so long after its request arrived, or when the registry has it, if that
 * is later. Made so that it takes little of the machine: one thread, no copy of what it can hand on. It knows no bodies of requests.
 */
final class LongLine implements AutoCloseable {
    /** A selector waits whole milliseconds, so answers leave up to half of one early or late. */
    private static final long TOLERANCE_NANOS = 500_000;

    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 1024;

    /** One connection of a client; at most one request of it is under way. */
    private final class Caller {
        private final SocketChannel channel;
        private final StringBuilder head = new StringBuilder();

        Caller(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** One connection to the registry. */
    private final class Wire {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(BUFFER);
        private Held current;
        private boolean headRequest;

        Wire(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** A request that has not been answered yet. */
    private static final class Held {
        private final Caller caller;
        private final long due;
        private byte[] answer;

        Held(Caller caller, long due) {
            this.caller = caller;
            this.due = due;
        }
    }

    private final InetSocketAddress registry;
    private final TokenDoor door;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Thread thread;
    private final PriorityQueue<Held> ready = new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
    private final Deque<Wire> idle = new ArrayDeque<>();
    private final List<SocketChannel> open = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private volatile long delayNanos;
    private volatile int requests;
    private volatile int tokens;
    private volatile int connections;
    private volatile boolean closed;

    /** @param registry host and port of a registry without a login */
    LongLine(String registry, TokenDoor door) throws IOException {
        int colon = registry.lastIndexOf(':');
        this.registry = new InetSocketAddress(
                InetAddress.getByName(registry.substring(0, colon)), Integer.parseInt(registry.substring(colon + 1)));
        this.door = door;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::run, "long-line");
        thread.setDaemon(true);
        thread.start();
    }

    String host() {
        return "127.0.0.1:" + listener.socket().getLocalPort();
    }

    TokenDoor door() {
        return door;
    }

    void delay(Duration roundTrip) {
        delayNanos = roundTrip.toNanos();
    }

    /** Requests since {@link #clear}, those for tokens included. */
    int requests() {
        return requests;
    }

    int tokens() {
        return tokens;
    }

    /** Connections that were opened since {@link #clear}. */
    int connections() {
        return connections;
    }

    /** Only while no request is under way. */
    void clear() {
        requests = 0;
        tokens = 0;
        connections = 0;
    }

    private void run() {
        try {
            while (!closed) {
                release();
                wait(ready.peek());
                Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                while (keys.hasNext()) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    if (key.isValid()) {
                        serve(key);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void wait(Held first) throws IOException {
        if (first == null) {
            selector.select();
            return;
        }
        long left = first.due - System.nanoTime();
        long millis = (left + TOLERANCE_NANOS) / 1_000_000;
        if (millis <= 0) {
            selector.selectNow();
        } else {
            selector.select(millis);
        }
    }

    private void release() {
        long now = System.nanoTime() + TOLERANCE_NANOS;
        while (!ready.isEmpty() && ready.peek().due <= now) {
            Held held = ready.remove();
            try {
                write(held.caller.channel, ByteBuffer.wrap(held.answer));
            } catch (IOException e) {
                close(held.caller.channel);
            }
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                connections++;
                register(channel, new Caller(channel));
            }
        } else if (key.attachment() instanceof Caller caller) {
            try {
                read(caller);
            } catch (IOException e) {
                close(caller.channel);
            }
        } else if (key.attachment() instanceof Wire wire) {
            read(wire);
        }
    }

    private void register(SocketChannel channel, Object attachment) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, attachment);
        open.add(channel);
    }

    private void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
        open.remove(channel);
    }

    /** Heads are small and sockets have buffers: what does not fit is tried again at once. */
    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void read(Caller caller) throws IOException {
        buffer.clear();
        if (caller.channel.read(buffer) < 0) {
            close(caller.channel);
            return;
        }
        caller.head.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
        if (caller.head.length() > 0 && caller.head.charAt(0) == 0x16) {
            // A TLS handshake: this is a plain-http server.
            close(caller.channel);
            return;
        }
        int end = caller.head.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        String head = caller.head.substring(0, end + 2);
        caller.head.delete(0, end + 4);
        requests++;
        Held held = new Held(caller, System.nanoTime() + delayNanos);
        TokenDoor.Decision decision = door.decide(head, host());
        if (decision.token()) {
            tokens++;
        }
        if (decision.answer() != null) {
            held.answer = decision.answer();
            ready.add(held);
            return;
        }
        Wire wire = idle.isEmpty() ? connect() : idle.pop();
        wire.current = held;
        wire.headRequest = head.startsWith("HEAD ");
        wire.answer.clear();
        write(wire.channel, ByteBuffer.wrap(decision.forwarded()));
    }

    private Wire connect() throws IOException {
        SocketChannel channel = SocketChannel.open(registry);
        Wire wire = new Wire(channel);
        register(channel, wire);
        return wire;
    }

    private void read(Wire wire) throws IOException {
        if (wire.channel.read(wire.answer) < 0) {
            close(wire.channel);
            idle.remove(wire);
            if (wire.current != null) {
                close(wire.current.caller.channel);
            }
            return;
        }
        int length = TokenDoor.lengthOf(wire.answer.array(), wire.answer.position(), wire.headRequest);
        if (wire.current != null && length > 0 && wire.answer.position() >= length) {
            Held held = wire.current;
            wire.current = null;
            held.answer = Arrays.copyOf(wire.answer.array(), length);
            ready.add(held);
            idle.push(wire);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : open) {
            channel.close();
        }
        listener.close();
        selector.close();
    }
}
