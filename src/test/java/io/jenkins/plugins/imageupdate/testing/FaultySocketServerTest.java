package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class FaultySocketServerTest {
    private static final byte[] CONTENT = "{\"tags\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final String JSON = "application/json";

    private static Socket ask(FaultySocketServer server) throws IOException {
        String[] address = server.host().split(":");
        Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
        socket.getOutputStream().write("GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String all(FaultySocketServer server) throws IOException {
        try (Socket socket = ask(server)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void everyConnectionHasItsScript() throws IOException {
        try (FaultySocketServer server =
                FaultySocketServer.start(SocketScript.garbageStatusLine(), SocketScript.answers(JSON, CONTENT))) {
            assertTrue(all(server).startsWith("SSH-2.0"));
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        "{\"tags\":[]}",
                        new String(PlainHttp.get(server.origin() + "/v2/").body(), StandardCharsets.UTF_8));
            }
            assertEquals(3, server.connections());
            assertTrue(server.requests().get(0).startsWith("GET /v2/ HTTP/1.1\r\n"));
        }
    }

    @Test
    void bodyEndsShortOfItsLength() throws IOException {
        try (FaultySocketServer server = FaultySocketServer.start(SocketScript.shortBody(JSON, 500, CONTENT))) {
            String answer = all(server);
            assertTrue(answer.contains("Content-Length: 500\r\n") && answer.endsWith("{\"tags\":[]}"));
            assertThrows(IOException.class, () -> PlainHttp.get(server.origin() + "/v2/"));
        }
    }

    @Test
    void endlessAnswersLastUntilTheClientGoes() throws IOException {
        try (FaultySocketServer server = FaultySocketServer.start(
                SocketScript.endlessHeaders(), SocketScript.endlessHeaderLine(), SocketScript.endlessBody(JSON))) {
            for (int i = 0; i < 3; i++) {
                try (Socket socket = ask(server)) {
                    assertEquals(1_000_000, socket.getInputStream().readNBytes(1_000_000).length);
                }
            }
            assertTrue(server.bytesWritten() >= 2_000_000);
        }
    }

    @Test
    void resetsAtTheChosenByte() throws IOException {
        try (FaultySocketServer server = FaultySocketServer.start(SocketScript.resetAfter(20, JSON, CONTENT));
                Socket socket = ask(server)) {
            InputStream in = socket.getInputStream();
            assertThrows(SocketException.class, in::readAllBytes);
            assertEquals(20, server.bytesWritten());
        }
    }

    @Test
    void compressesUnasked() throws IOException {
        try (FaultySocketServer server = FaultySocketServer.start(SocketScript.unaskedGzip(JSON, CONTENT))) {
            byte[] body = PlainHttp.get(server.origin() + "/v2/").body();
            assertArrayEquals(CONTENT, new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes());
        }
    }

    @Test
    void dripsAndStaysSilentUntilItIsClosed() throws IOException {
        Socket drip;
        Socket silent;
        try (FaultySocketServer server = FaultySocketServer.start(
                SocketScript.slowDrip(JSON, CONTENT, Duration.ofHours(1)), SocketScript.neverAnswers())) {
            drip = ask(server);
            assertEquals('H', drip.getInputStream().read());
            silent = ask(server);
            silent.setSoTimeout(50);
            InputStream nothing = silent.getInputStream();
            assertThrows(SocketTimeoutException.class, nothing::read);
        }
        try (drip;
                silent) {
            silent.setSoTimeout(0);
            assertEquals(-1, drip.getInputStream().read());
            assertEquals(-1, silent.getInputStream().read());
        }
    }
}
