package io.jenkins.plugins.imageupdate.registry.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class CappedBodyTest {
    private final CappedBody body = new CappedBody(6);
    private final Subscription subscription = new Subscription();

    private static final class Subscription implements Flow.Subscription {
        private long requested;
        private boolean cancelled;

        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void collectsUpToTheCap() {
        body.onSubscribe(subscription);
        assertTrue(subscription.requested > 0);
        body.onNext(List.of(bytes("ab"), bytes("c")));
        body.onNext(List.of());
        body.onNext(List.of(bytes("def")));
        assertFalse(body.getBody().toCompletableFuture().isDone());
        body.onComplete();
        assertArrayEquals("abcdef".getBytes(StandardCharsets.US_ASCII), result());
        assertFalse(subscription.cancelled);
    }

    @Test
    void isEmptyForAnEmptyBody() {
        body.onSubscribe(subscription);
        body.onComplete();
        assertEquals(0, result().length);
    }

    @Test
    void givesUpPastTheCap() {
        body.onSubscribe(subscription);
        body.onNext(List.of(bytes("abcde"), bytes("fg"), bytes("h")));
        assertTrue(subscription.cancelled);
        body.onNext(List.of(bytes("late")));
        body.onComplete();
        RegistryException thrown = assertInstanceOf(RegistryException.class, failure());
        assertEquals(FailureKind.NOT_A_REGISTRY, thrown.kind());
        assertEquals("the answer is longer than 6 bytes", thrown.detail());
    }

    @Test
    void passesOnWhatTheConnectionDiedOf() {
        body.onSubscribe(subscription);
        IOException reset = new IOException("connection reset");
        body.onNext(List.of(bytes("abc")));
        body.onError(reset);
        assertSame(reset, failure());
    }

    private byte[] result() {
        return body.getBody().toCompletableFuture().join();
    }

    private Throwable failure() {
        return assertThrows(CompletionException.class, this::result).getCause();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
