package io.jenkins.plugins.imageupdate.testing;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Something a registry does wrong, or says unasked: made of the answer that would have been given, or in its place. */
@FunctionalInterface
public interface Fault {
    /** What the server would answer; not computed unless it is asked for. */
    @FunctionalInterface
    interface RegularAnswer {
        Reply get() throws IOException, InterruptedException;
    }

    Reply answer(RecordedRequest request, RegularAnswer regular) throws IOException, InterruptedException;

    /** Always this, whatever was asked. */
    static Fault reply(Reply reply) {
        return (request, regular) -> reply;
    }

    /**
     * 429 as the distribution specification has it.
     *
     * @param retryAfter seconds or an HTTP date, or null for an answer without that header
     */
    static Fault rateLimited(String retryAfter) {
        Reply reply = Reply.error(429, "TOOMANYREQUESTS", "Quota exceeded for quota metric 'Requests'");
        return reply(retryAfter == null ? reply : reply.with("Retry-After", retryAfter));
    }

    /** 403 of Google's front end, which refuses an address before the registry sees it: HTML, no challenge (Diun issue 1334). */
    static Fault edgeBlocked() {
        return (request, regular) -> Reply.of(403, "text/html; charset=UTF-8", """
                        <!DOCTYPE html>
                        <html lang=en>
                          <meta charset=utf-8>
                          <title>Error 403 (Forbidden)!!1</title>
                          <a href=//www.google.com/><span id=logo aria-label=Google></span></a>
                          <p><b>403.</b> <ins>That’s an error.</ins>
                          <p>Your client does not have permission to get URL <code>%s</code> from this server.
                          <ins>That’s all we know.</ins>
                        """.formatted(request.path()))
                .with("Referrer-Policy", "no-referrer");
    }

    /** The regular answer with this header instead of its own. */
    static Fault with(String header, String... values) {
        return (request, regular) -> regular.get().with(header, values);
    }

    /** The regular answer lacking a header, as Artifactory and others leave out {@code Docker-Content-Digest}. */
    static Fault without(String header) {
        return (request, regular) -> regular.get().without(header);
    }

    static Fault redirect(String location) {
        return reply(Reply.of(307).with("Location", location));
    }

    /** The regular answer, but only once the latch is open. */
    static Fault heldUntil(CountDownLatch latch) {
        return (request, regular) -> {
            latch.await();
            return regular.get();
        };
    }

    /** The connection is closed without an answer. */
    static Fault disconnect() {
        return reply(Reply.disconnect());
    }
}
