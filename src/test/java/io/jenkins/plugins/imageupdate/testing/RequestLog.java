package io.jenkins.plugins.imageupdate.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What a test server was asked, in the order of arrival. */
final class RequestLog {
    private final List<RecordedRequest> requests = new ArrayList<>();

    synchronized void add(RecordedRequest request) {
        requests.add(request);
        notifyAll();
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized long count(Predicate<RecordedRequest> which) {
        return requests.stream().filter(which).count();
    }

    synchronized void clear() {
        requests.clear();
    }

    /** Waits until so many of these have arrived; false when they did not in time. */
    synchronized boolean await(Predicate<RecordedRequest> which, int wanted, Duration timeout)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (count(which) < wanted) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
