package io.jenkins.plugins.imageupdate.check;

import java.util.UUID;

/**
 * The time for which the controller has run, in seconds. It is measured with {@link System#nanoTime}, so it does not jump when the clock is
 * set. It goes on where it was saved last: the time while the controller was stopped does not count, and after a crash the time since it
 * was saved does not. So the difference of two values is never longer than the time that really passed.
 */
public final class Uptime {
    private static final long START = System.nanoTime();

    private static volatile Count count = new Count(UUID.randomUUID().toString(), 0);

    private Uptime() {}

    /** @param atStart the uptime when this process started; negative if it was saved later than that */
    private record Count(String id, long atStart) {}

    /**
     * An uptime that can be saved.
     *
     * @param id identifies the count; uptimes of different counts cannot be compared
     */
    public record Saved(String id, long seconds) {
        public Saved {
            if (id == null || id.isBlank() || seconds < 0) {
                throw new IllegalArgumentException("an uptime has an id and a number of seconds that is not negative");
            }
        }
    }

    /** Goes on with the count that an earlier process saved. To be called before a ledger is read. */
    public static void resume(Saved saved) {
        count = new Count(saved.id(), saved.seconds() - ran());
    }

    private static long ran() {
        return (System.nanoTime() - START) / 1_000_000_000;
    }

    public static Saved now() {
        Count current = count;
        return new Saved(current.id(), current.atStart() + ran());
    }
}
