package io.jenkins.plugins.imageupdate.ledger;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A ledger's file without a disk: what is not written is not there, and a full disk takes nothing. */
final class LedgerDisk implements LedgerFile {
    private JobLedger written = new JobLedger();
    boolean full;
    int writes;

    @Override
    public <T> T update(Function<JobLedger, T> change) throws IOException {
        JobLedger copy = (JobLedger) copy(written);
        T result = change.apply(copy);
        if (copy.modified()) {
            if (full) {
                throw new IOException("No space left on device");
            }
            writes++;
            written = copy;
        }
        return result;
    }

    /** What a new process would read. */
    JobLedger read() {
        return (JobLedger) copy(written);
    }

    void replace(JobLedger ledger) {
        written = ledger;
    }

    private static Object copy(Object original) {
        if (original instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new TreeMap<>();
            map.forEach((key, value) -> copy.put(key, copy(value)));
            return copy;
        }
        try {
            Object copy = empty(original);
            if (copy == null) {
                return original;
            }
            for (Field field : original.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    field.setAccessible(true);
                    field.set(copy, copy(field.get(original)));
                }
            }
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Null for what does not change. */
    private static Object empty(Object original) {
        if (original instanceof JobLedger) {
            return new JobLedger();
        }
        if (original instanceof LedgerEntry) {
            return new LedgerEntry();
        }
        if (original instanceof StepSightings) {
            return new StepSightings();
        }
        return original instanceof DownstreamStart ? new DownstreamStart(null, null, 0) : null;
    }
}
