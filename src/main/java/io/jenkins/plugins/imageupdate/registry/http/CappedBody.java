package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads a body up to a number of bytes; past that the connection is given up and the answer fails. */
final class CappedBody implements BodySubscriber<byte[]> {
    private final int maxBytes;
    private final Runnable beforeEnd;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    CappedBody(int maxBytes) {
        this(maxBytes, () -> {});
    }

    /** @param beforeEnd runs when the body is whole, before {@link #getBody} is complete */
    CappedBody(int maxBytes, Runnable beforeEnd) {
        this.maxBytes = maxBytes;
        this.beforeEnd = beforeEnd;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) {
                return; // what was under way when the subscription was cancelled
            }
            if (content.size() + buffer.remaining() > maxBytes) {
                subscription.cancel();
                body.completeExceptionally(new RegistryException(
                        FailureKind.NOT_A_REGISTRY, "the answer is longer than " + maxBytes + " bytes"));
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            content.write(bytes, 0, bytes.length);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        if (!body.isDone()) {
            beforeEnd.run();
            body.complete(content.toByteArray());
        }
    }
}
