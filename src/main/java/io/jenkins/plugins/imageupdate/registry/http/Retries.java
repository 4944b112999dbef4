package io.jenkins.plugins.imageupdate.registry.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * Repeats a GET or HEAD after a passing fault, after a random pause between zero and a bound that doubles. Passing
 * faults are a connection refused or reset or a stream that ended, and the answers of gateways that name no time themselves. Rate limits,
 * refusals, certificates and unknown names do not pass in seconds, so they are never repeated.
 */
public final class Retries {
    static final int MAX_REPETITIONS = 2;

    /** After the end of a connection that came about: a server may end each of them after a few requests. */
    static final int MAX_AFTER_END = 5;

    private static final int MAX_DOUBLINGS = 2;
    static final Duration FIRST_BOUND = Duration.ofMillis(250);

    /**
     * Of gateways (RFC 9110, section 15.6) and of Cloudflare, whose 520 to 524 are about its connection to the registry. 408 may be the end
     * of an idle connection (section 15.5.9; HAProxy), 421 and 425 ask for the request on another connection, or a moment later.
     */
    private static final Set<Integer> PASSING = Set.of(408, 421, 425, 502, 503, 504, 520, 521, 522, 523, 524);

    /** Completes after a time, without a thread that waits for it. */
    @FunctionalInterface
    public interface Pause {
        CompletableFuture<Void> of(Duration length);
    }

    private final DoubleSupplier random;
    private final Pause pause;

    /** @param random from 0 inclusive to 1 exclusive */
    public Retries(DoubleSupplier random, Pause pause) {
        this.random = random;
        this.pause = pause;
    }

    /** By the JDK's one timer thread; what follows a pause runs on the executor. */
    static Retries on(Executor executor) {
        return new Retries(
                () -> ThreadLocalRandom.current().nextDouble(),
                length -> CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(length.toNanos(), TimeUnit.NANOSECONDS, executor)));
    }

    /**
     * The first outcome that is not worth a repetition, otherwise the last one.
     *
     * @param attempt is told how often the request was sent before
     * @param left until the check's deadline; a pause that would outlast it is not begun
     */
    CompletableFuture<Response> run(IntFunction<CompletableFuture<Response>> attempt, Supplier<Duration> left) {
        return run(attempt, left, 0);
    }

    private CompletableFuture<Response> run(
            IntFunction<CompletableFuture<Response>> attempt, Supplier<Duration> left, int repetitions) {
        CompletableFuture<Response> outcome = attempt.apply(repetitions);
        return outcome.handle((answer, thrown) -> {
                    if (repetitions >= worth(answer, thrown)) {
                        return outcome;
                    }
                    double bound = FIRST_BOUND.toNanos() * (double) (1L << Math.min(repetitions, MAX_DOUBLINGS));
                    Duration length = Duration.ofNanos((long) (random.getAsDouble() * bound));
                    return length.compareTo(left.get()) >= 0
                            ? outcome
                            : pause.of(length).thenCompose(over -> run(attempt, left, repetitions + 1));
                })
                .thenCompose(Function.identity());
    }

    /** How many repetitions this outcome is worth. */
    private static int worth(@CheckForNull Response response, @CheckForNull Throwable thrown) {
        if (response != null) {
            boolean gateway = PASSING.contains(response.status())
                    && response.header("Retry-After").isEmpty();
            return gateway ? MAX_REPETITIONS : 0;
        }
        return RegistryException.unwrap(thrown) instanceof RegistryException known ? known.repetitions() : 0;
    }

    /** How many repetitions a request without a response is worth. */
    static int worth(Throwable thrown) {
        if (!lostConnection(thrown)) {
            return 0;
        }
        for (Throwable t = RegistryException.unwrap(thrown); t != null; t = t.getCause()) {
            if (t instanceof ConnectException) {
                return MAX_REPETITIONS;
            }
        }
        return MAX_AFTER_END;
    }

    /**
     * Whether a request failed because its connection or stream ended: refused, closed, reset, an HTTP/2 GOAWAY or RST_STREAM, before the
     * response or within it. A GET or HEAD may always be repeated then (RFC 9110, section 9.2.2; RFC 9113, section 6.8).
     */
    static boolean lostConnection(Throwable thrown) {
        boolean lost = false;
        for (Throwable t = RegistryException.unwrap(thrown); t != null; t = t.getCause()) {
            if (t instanceof RegistryException
                    || t instanceof UnresolvedAddressException
                    || t instanceof UnknownHostException
                    || t instanceof NoRouteToHostException
                    || t instanceof HttpTimeoutException
                    || t instanceof ProtocolException
                    || t instanceof CertificateException) {
                return false;
            }
            lost |= t instanceof SSLException ? endedTls(t) : t instanceof IOException;
        }
        return lost;
    }

    /** The JDK has no exception of its own for a TLS connection that ends early, other than by its cause. */
    private static boolean endedTls(Throwable thrown) {
        String words = String.valueOf(thrown.getMessage());
        return words.contains("close_notify") || words.contains("terminated the handshake");
    }

    /** Completes after this time. */
    CompletableFuture<Void> pause(Duration length) {
        return pause.of(length);
    }
}
