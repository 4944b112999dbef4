package io.jenkins.plugins.imageupdate.events;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.http.Diagnosis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Listens to a subscription: pulls, hands the messages over, acknowledges them, and pulls again. A message is acknowledged only after it was taken.
 * Google delivers it again otherwise, so a message may come twice. After a failure it waits, longer each time.
 */
public final class PubSubPull {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** What the messages are for. */
    public interface Listener {
        /**
         * Takes the pushed images of messages.
         *
         * @return false if they cannot be taken now, so that Google delivers them again
         */
        boolean pushed(List<PushedImage> images);

        /** A pull was answered, with messages or without. */
        void heard(int messages);

        /** Why a message was not read. */
        void unread(String why);

        /** Why nothing is heard. */
        void failed(String why);
    }

    /** How a subscription is reached, for one pull. */
    public interface Access {
        /** Fails with a {@link RegistryException} if there is none. */
        CompletableFuture<String> bearer();

        /** The token was refused. */
        void refused(String bearer);
    }

    private final PubSub pubSub;
    private final Access access;
    private final Listener listener;
    private final Clock clock;
    private final Function<Duration, CompletableFuture<Void>> pause;
    private volatile boolean stopped;
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

    /** @param pause completes after a time, without a thread that waits for it */
    public PubSubPull(
            PubSub pubSub,
            Access access,
            Listener listener,
            Clock clock,
            Function<Duration, CompletableFuture<Void>> pause) {
        this.pubSub = pubSub;
        this.access = access;
        this.listener = listener;
        this.clock = clock;
        this.pause = pause;
    }

    /** Begins to listen. Returns at once. */
    public void start() {
        next(0);
    }

    /** Ends soon. What was pulled and not acknowledged is delivered to the next listener. */
    public void stop() {
        stopped = true;
        underWay.cancel(true);
    }

    /** @param failures one after the other until now */
    private void next(int failures) {
        if (stopped) {
            return;
        }
        CompletableFuture<Boolean> round = access.bearer().thenCompose(this::round);
        underWay = round;
        round.handle((taken, thrown) -> {
            if (stopped) {
                return null;
            }
            if (thrown == null && taken) {
                next(0);
            } else {
                Duration wait = pauseAfter(failures, thrown);
                pause.apply(wait).thenRun(() -> next(failures + 1));
            }
            return null;
        });
    }

    /** Whether the messages were taken. */
    private CompletableFuture<Boolean> round(String bearer) {
        return pubSub.pull(bearer)
                .thenCompose(messages -> take(bearer, messages))
                .handle((taken, thrown) -> {
                    if (thrown == null) {
                        return taken;
                    }
                    RegistryException failure = Diagnosis.of(thrown);
                    if (failure.kind() == FailureKind.CREDENTIAL_REJECTED) {
                        access.refused(bearer);
                    }
                    throw new CompletionException(failure);
                });
    }

    private CompletableFuture<Boolean> take(String bearer, List<PubSub.Message> messages) {
        listener.heard(messages.size());
        if (messages.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        messages.stream()
                .map(PubSub.Message::unread)
                .filter(unread -> !unread.isEmpty())
                .findFirst()
                .ifPresent(listener::unread);
        List<PushedImage> images = messages.stream()
                .flatMap(message -> message.images().stream())
                .distinct()
                .toList();
        if (!listener.pushed(images)) {
            return CompletableFuture.completedFuture(false);
        }
        // A message that cannot be read would be delivered again for days.
        return pubSub.acknowledge(
                        bearer, messages.stream().map(PubSub.Message::ackId).toList())
                .thenApply(done -> true);
    }

    private Duration pauseAfter(int failures, @CheckForNull Throwable thrown) {
        Duration usual = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 9));
        if (thrown != null) {
            RegistryException failure = Diagnosis.of(thrown);
            listener.failed(failure.detail());
            Instant retryAt = failure.retryAt();
            if (retryAt != null) {
                Duration named = Duration.between(clock.instant(), retryAt);
                usual = named.compareTo(usual) > 0 ? named : usual;
            }
        }
        return usual.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : usual;
    }
}
