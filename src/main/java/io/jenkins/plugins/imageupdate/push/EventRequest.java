package io.jenkins.plugins.imageupdate.push;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.events.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.kohsuke.stapler.StaplerRequest2;

/** A request to the receiver: {@code SOURCE} or {@code SOURCE/SECRET} behind its address. */
final class EventRequest {
    /** Of a body. A notification of the distribution registry has about one KiB for each event. */
    static final int MAX_BYTES = 256 * 1024;

    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    private final StaplerRequest2 request;
    private final String[] path;

    EventRequest(StaplerRequest2 request) {
        this.request = request;
        path = request.getRestOfPath().replaceFirst("^/", "").split("/", 2);
    }

    String source() {
        return path[0];
    }

    Proof.Claim claim() {
        return new Proof.Claim(path.length > 1 ? path[1] : "", this::header);
    }

    /** The value of a header, empty if it is missing. */
    String header(String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value.strip();
    }

    boolean announcesTooMuch() {
        return request.getContentLengthLong() > MAX_BYTES;
    }

    /** The body. Null if it is too long, or does not come in time. */
    @CheckForNull
    byte[] body() throws IOException {
        long start = System.nanoTime();
        byte[] read = new byte[MAX_BYTES + 1];
        int length = 0;
        InputStream in = request.getInputStream();
        while (length < read.length) {
            int more = in.read(read, length, read.length - length);
            if (more < 0) {
                return Arrays.copyOf(read, length);
            }
            length += more;
            if (System.nanoTime() - start > MAX_TIME.toNanos()) {
                return null;
            }
        }
        return null;
    }
}
