package io.jenkins.plugins.imageupdate.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** An HTTP/1.1 server on a free port of 127.0.0.1 that records what it is asked, and can delay and spoil its answers. */
public abstract class LoopbackServer implements AutoCloseable {
    static {
        // Read once per JVM, at the first server: without it Nagle and delayed acknowledgements cost 40 ms an answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** More than the connections a test opens at once: a full backlog costs a second. */
    private static final int BACKLOG = 1024;

    private static final Fault NO_FAULT = (request, regular) -> regular.get();

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("loopback-server"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("loopback-server-delay"));
    private final RequestLog log = new RequestLog();
    private final FaultPlan faults = new FaultPlan();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;

    /** @param tls null for plain HTTP */
    LoopbackServer(SSLContext tls) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 0);
        try {
            server = tls == null ? HttpServer.create(address, BACKLOG) : https(tls, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scheme = tls == null ? "http" : "https";
    }

    private static HttpServer https(SSLContext tls, InetSocketAddress address) throws IOException {
        HttpsServer server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    /** The answer to a request, in a thread that may wait. The body is closed afterwards. */
    abstract Reply handle(RecordedRequest request, InputStream body) throws IOException, InterruptedException;

    /** Begins to answer, once the subclass is whole. */
    final void open() {
        server.setExecutor(threads);
        server.createContext("/", this::accept);
        server.start();
    }

    /** {@code 127.0.0.1:port}, as it stands in an image reference. */
    public final String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public final String origin() {
        return scheme + "://" + host();
    }

    /** All requests since the start or {@link #clear}, those that met a fault included. */
    public final List<RecordedRequest> requests() {
        return log.all();
    }

    public final long count(Predicate<RecordedRequest> which) {
        return log.count(which);
    }

    /** Waits until so many such requests have arrived; false when they did not in time. */
    public final boolean awaitRequests(Predicate<RecordedRequest> which, int wanted, Duration timeout)
            throws InterruptedException {
        return log.await(which, wanted, timeout);
    }

    /** The most requests that were unanswered at the same time. */
    public final int mostInFlight() {
        return mostInFlight.get();
    }

    /** Forgets the requests and {@link #mostInFlight}; planned faults and the delay stay. */
    public final void clear() {
        log.clear();
        mostInFlight.set(0);
    }

    public final FaultPlan faults() {
        return faults;
    }

    /** Every answer comes so much later, as over a long line; no thread is held meanwhile. */
    public final void delay(Duration roundTrip) {
        delay = roundTrip;
    }

    private void accept(HttpExchange exchange) {
        RecordedRequest request = RecordedRequest.of(exchange);
        // Before the request is in the log, so that a test which waits for it there knows that its fault was used.
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        Fault fault = plannedFor(request);
        log.add(request);
        if (delay.isZero()) {
            serve(exchange, request, fault);
            return;
        }
        try {
            timer.schedule(
                    () -> threads.execute(() -> serve(exchange, request, fault)),
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            exchange.close();
        }
    }

    private Fault plannedFor(RecordedRequest request) {
        try {
            return faults.find(request).orElse(NO_FAULT);
        } catch (RuntimeException e) {
            return Fault.reply(failed(e));
        }
    }

    private void serve(HttpExchange exchange, RecordedRequest request, Fault fault) {
        try {
            Reply reply = reply(exchange, request, fault);
            // Before the answer leaves: its receiver may send the next request sooner than this thread goes on.
            inFlight.decrementAndGet();
            reply.send(exchange);
        } catch (IOException e) {
            exchange.close();
        }
    }

    private Reply reply(HttpExchange exchange, RecordedRequest request, Fault fault) {
        // Taken and closed in any case, which reads what is left: otherwise the connection could not be used again.
        try (InputStream body = exchange.getRequestBody()) {
            return fault.answer(request, () -> handle(request, body));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.disconnect();
        } catch (IOException | RuntimeException e) {
            return failed(e);
        }
    }

    private static Reply failed(Exception e) {
        return Reply.error(500, "UNKNOWN", "the test server failed: " + e);
    }

    /** Ends all connections, held answers included, and all threads. */
    @Override
    public void close() {
        server.stop(0);
        DaemonThreads.stop(timer, threads);
    }
}
