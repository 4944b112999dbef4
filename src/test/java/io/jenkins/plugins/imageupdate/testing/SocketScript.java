package io.jenkins.plugins.imageupdate.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** What a {@link FaultySocketServer} does with one connection; at the end of the script the connection is closed. */
@FunctionalInterface
public interface SocketScript {
    void play(SocketPeer peer) throws IOException, InterruptedException;

    /** A correct answer with this content, for comparison. */
    static SocketScript answers(String contentType, byte[] content) {
        return answers(raw(contentType, content.length, "", content));
    }

    /** Sends these bytes after the request. */
    static SocketScript answers(byte[] raw) {
        return peer -> {
            peer.readRequest();
            peer.write(raw);
        };
    }

    /** Header lines without end. */
    static SocketScript endlessHeaders() {
        return peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\n");
            for (long line = 0; ; line++) {
                peer.write("X-Line-" + line + ": " + "x".repeat(1000) + "\r\n");
            }
        };
    }

    /** One header line without end. */
    static SocketScript endlessHeaderLine() {
        return peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nX-Long: ");
            endless(peer);
        };
    }

    /** A body without length that never ends. */
    static SocketScript endlessBody(String contentType) {
        return peer -> {
            peer.readRequest();
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n\r\n");
            endless(peer);
        };
    }

    /** A body that is shorter than its {@code Content-Length} says. */
    static SocketScript shortBody(String contentType, int declared, byte[] content) {
        return answers(raw(contentType, declared, "", content));
    }

    /** A correct answer, byte by byte with a pause after each. */
    static SocketScript slowDrip(String contentType, byte[] content, Duration pause) {
        return peer -> {
            peer.readRequest();
            for (byte each : raw(contentType, content.length, "", content)) {
                peer.write(new byte[] {each});
                peer.pause(pause);
            }
        };
    }

    /** The first bytes of a correct answer, then a reset (RST). */
    static SocketScript resetAfter(int bytes, String contentType, byte[] content) {
        return peer -> {
            peer.readRequest();
            peer.write(Arrays.copyOf(raw(contentType, content.length, "", content), bytes));
            peer.reset();
        };
    }

    /** Compressed content, though the request did not ask for any. */
    static SocketScript unaskedGzip(String contentType, byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers(raw(contentType, compressed.size(), "Content-Encoding: gzip\r\n", compressed.toByteArray()));
    }

    /** Something that does not speak HTTP, such as an SSH server. */
    static SocketScript garbageStatusLine() {
        return answers("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes the request and says nothing until the client gives up. */
    static SocketScript neverAnswers() {
        return peer -> {
            peer.readRequest();
            peer.awaitEnd();
        };
    }

    /** Closes before the request is read. */
    static SocketScript closesAtOnce() {
        return peer -> {};
    }

    private static void endless(SocketPeer peer) throws IOException {
        byte[] block = new byte[8192];
        Arrays.fill(block, (byte) 'x');
        while (true) {
            peer.write(block);
        }
    }

    private static byte[] raw(String contentType, int length, String moreHeaders, byte[] content) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: " + length + "\r\n"
                + moreHeaders + "Connection: close\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(content);
        return all.toByteArray();
    }
}
