package io.jenkins.plugins.imageupdate.testing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which requests a test server answers with a {@link Fault}. Of several that fit, the one planned first is used. */
public final class FaultPlan {
    private static final int WITHOUT_END = -1;

    private static final class Entry {
        private final Function<RecordedRequest, Optional<Fault>> hook;
        private int left;

        private Entry(Function<RecordedRequest, Optional<Fault>> hook, int times) {
            this.hook = hook;
            this.left = times;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    /** The next request of this kind, and no later one. */
    public void next(Predicate<RecordedRequest> which, Fault fault) {
        next(1, which, fault);
    }

    /** The next so many requests of this kind. */
    public void next(int times, Predicate<RecordedRequest> which, Fault fault) {
        add(request -> which.test(request) ? Optional.of(fault) : Optional.empty(), times);
    }

    /** Every request of this kind until {@link #clear}. */
    public void always(Predicate<RecordedRequest> which, Fault fault) {
        add(request -> which.test(request) ? Optional.of(fault) : Optional.empty(), WITHOUT_END);
    }

    /** Decides anew for every request until {@link #clear}. */
    public void decide(Function<RecordedRequest, Optional<Fault>> hook) {
        add(hook, WITHOUT_END);
    }

    /** From now on nothing goes wrong. */
    public synchronized void clear() {
        entries.clear();
    }

    private synchronized void add(Function<RecordedRequest, Optional<Fault>> hook, int times) {
        entries.add(new Entry(hook, times));
    }

    synchronized Optional<Fault> find(RecordedRequest request) {
        for (Iterator<Entry> iterator = entries.iterator(); iterator.hasNext(); ) {
            Entry entry = iterator.next();
            Optional<Fault> fault = entry.hook.apply(request);
            if (fault.isEmpty()) {
                continue;
            }
            if (entry.left != WITHOUT_END && --entry.left == 0) {
                iterator.remove();
            }
            return fault;
        }
        return Optional.empty();
    }
}
