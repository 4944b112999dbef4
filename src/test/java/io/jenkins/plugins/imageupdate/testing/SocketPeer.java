package io.jenkins.plugins.imageupdate.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The client at the other end of one connection, as a {@link SocketScript} deals with it. */
public final class SocketPeer {
    private static final int MAX_REQUEST = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final Consumer<String> requests;
    private final AtomicLong written;
    private final CountDownLatch closed;

    SocketPeer(Socket socket, Consumer<String> requests, AtomicLong written, CountDownLatch closed) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.requests = requests;
        this.written = written;
        this.closed = closed;
        socket.setTcpNoDelay(true);
    }

    /** The next request's line and headers; bodies are not expected. */
    public String readRequest() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(head.length() - 4, 0)) < 0) {
            int next = in.read();
            if (next < 0 || head.length() > MAX_REQUEST) {
                throw new EOFException("the request is not whole: " + head);
            }
            head.append((char) next);
        }
        requests.accept(head.toString());
        return head.toString();
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        written.addAndGet(bytes.length);
    }

    /** Waits, but not beyond the server's close. */
    public void pause(Duration duration) throws IOException, InterruptedException {
        if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the server is closed");
        }
    }

    /** Waits until the client closes the connection. */
    public void awaitEnd() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Ends the connection by RST instead of FIN. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
