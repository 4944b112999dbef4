package io.jenkins.plugins.imageupdate.job;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.LedgerFile;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ledgers of jobs: one file in each job's folder, which moves and is deleted with the job. A ledger is kept in memory until its
 * file is replaced, also by others. It is written, atomically and flushed, when its content has changed.
 */
public final class LedgerStore {
    public static final String FILE_NAME = "image-updates.xml";

    private static final String ASIDE = ".unreadable-";
    private static final Logger LOGGER = Logger.getLogger(LedgerStore.class.getName());
    private static final Object[] LOCKS = Stream.generate(Object::new).limit(64).toArray();

    /** By path of the file. */
    private static final Cache<String, Kept> KEPT =
            Caffeine.newBuilder().maximumSize(50_000).softValues().build();

    private LedgerStore() {}

    /** A ledger, which is never changed, with the file that it was read from or written to. */
    private static final class Kept {
        private final JobLedger ledger;

        /** Of the file, null while there is none. */
        private final String stamp;

        /** For pages; made when they are first asked for. */
        private volatile Map<WatchedImage, WatchedState> states;

        Kept(JobLedger ledger, @CheckForNull String stamp) {
            this.ledger = ledger;
            this.stamp = stamp;
        }

        boolean isOf(@CheckForNull String other) {
            return stamp != null && stamp.equals(other);
        }
    }

    /** Reads from the job's ledger. The function must not change it. */
    public static <T> T read(Job<?, ?> job, Function<JobLedger, T> reader) throws IOException {
        return locked(job, file -> reader.apply(kept(job, file).ledger));
    }

    /** Changes the job's ledger, and writes it if that changed its content. If it cannot be written, nothing has changed. */
    public static <T> T change(Job<?, ?> job, Function<JobLedger, T> change) throws IOException {
        return locked(job, file -> {
            Kept before = kept(job, file);
            JobLedger changed = before.ledger.copy();
            changed.renumber(job.getNextBuildNumber());
            T result = change.apply(changed);
            if (!changed.equals(before.ledger)) {
                keep(job, file, changed);
            }
            return result;
        });
    }

    /** As {@link #change}. A failure is only logged, since the next check or build repairs the loss. */
    public static void record(Job<?, ?> job, Consumer<JobLedger> change) {
        try {
            change(job, ledger -> {
                change.accept(ledger);
                return ledger;
            });
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, e, () -> "the image updates of " + job.getFullName() + " cannot be recorded");
        }
    }

    /** The ledger of a job, for code that does not know Jenkins. */
    public static LedgerFile of(Job<?, ?> job) {
        return new LedgerFile() {
            @Override
            public <T> T read(Function<JobLedger, T> question) throws IOException {
                return LedgerStore.read(job, question);
            }

            @Override
            public <T> T change(Function<JobLedger, T> change) throws IOException {
                return LedgerStore.change(job, change);
            }
        };
    }

    /** What pages show of each image, by its {@link WatchedImage#identity}. Empty for a job without a ledger. */
    public static Map<WatchedImage, WatchedState> states(Job<?, ?> job) throws IOException {
        File file = file(job);
        String stamp;
        try {
            stamp = stamp(file);
        } catch (IOException e) {
            throw told(job, e);
        }
        if (stamp == null) {
            return Map.of();
        }
        Kept known = KEPT.getIfPresent(file.getPath());
        Map<WatchedImage, WatchedState> states = known != null && known.isOf(stamp) ? known.states : null;
        return states != null
                ? states
                : locked(job, same -> {
                    Kept kept = kept(job, same);
                    kept.states = kept.ledger.states().stream()
                            .collect(Collectors.toUnmodifiableMap(WatchedState::image, Function.identity()));
                    return kept.states;
                });
    }

    private interface Locked<T> {
        T run(File file) throws IOException;
    }

    /** The job's monitor keeps the job from being renamed or deleted meanwhile: a write would make its old folder anew. */
    private static <T> T locked(Job<?, ?> job, Locked<T> action) throws IOException {
        try {
            synchronized (job) {
                File file = file(job);
                synchronized (LOCKS[Math.floorMod(file.getPath().hashCode(), LOCKS.length)]) {
                    return action.run(file);
                }
            }
        } catch (IOException e) {
            throw told(job, e);
        }
    }

    /** For logs of builds and pages, which are not for administrators only. The exception itself is in Jenkins' log. */
    private static IOException told(Job<?, ?> job, IOException e) {
        LOGGER.log(Level.WARNING, e, () -> "the image updates of " + job.getFullName() + " cannot be read or written");
        return new IOException(LedgerProblems.reason(e));
    }

    /** The ledger in memory if it is that of the file, otherwise the file's. A rebuilt ledger is written at once. */
    private static Kept kept(Job<?, ?> job, File file) throws IOException {
        String problem = null;
        try {
            Kept present = present(job, file);
            LedgerProblems.get().readable(job);
            if (present != null) {
                return present;
            }
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            problem = e.getMessage();
            setAside(job, file.toPath(), problem);
        } catch (IOException e) {
            LedgerProblems.get().unreadable(job, e);
            throw e;
        }
        JobLedger rebuilt = LedgerRebuilder.get().rebuild(job);
        // Jenkins may have died between setting a file aside and writing what was rebuilt.
        if (rebuilt == null && problem == null && !setAside(job)) {
            return new Kept(new JobLedger(), null);
        }
        if (problem == null) {
            LOGGER.warning(() -> file + " is missing; what the builds of " + job.getFullName()
                    + " say of its images counts as known");
        }
        return keep(job, file, Objects.requireNonNullElseGet(rebuilt, JobLedger::recovered));
    }

    /**
     * The ledger of the file. Null if the file does not exist.
     *
     * @throws IllegalArgumentException if the file does not hold a ledger of this version
     */
    @CheckForNull
    private static Kept present(Job<?, ?> job, File file) throws IOException {
        String stamp = stamp(file);
        if (stamp == null) {
            return null;
        }
        Kept known = KEPT.getIfPresent(file.getPath());
        return known != null && known.isOf(stamp) ? known : keep(job, file, new Kept(LedgerXml.read(file), stamp));
    }

    /** Writes the ledger, and keeps it in memory. A job whose folder is gone keeps nothing. */
    private static Kept keep(Job<?, ?> job, File file, JobLedger ledger) throws IOException {
        String stamp = null;
        if (job.getRootDir().isDirectory()) {
            write(job, file, ledger);
            stamp = stamp(file);
        }
        Kept kept = new Kept(ledger, stamp);
        return stamp == null ? kept : keep(job, file, kept);
    }

    private static Kept keep(Job<?, ?> job, File file, Kept kept) {
        KEPT.put(file.getPath(), kept);
        DownstreamIndex.get().put(job, kept.ledger);
        return kept;
    }

    private static void write(Job<?, ?> job, File file, JobLedger ledger) throws IOException {
        try {
            LedgerXml.write(file, ledger);
            LedgerProblems.get().written(job);
        } catch (IOException e) {
            LedgerProblems.get().unwritten(job, e);
            throw e;
        }
    }

    private static File file(Job<?, ?> job) {
        return new File(job.getRootDir(), FILE_NAME);
    }

    /** Identifies the content of the file: a ledger is always written as a new file. Null if the file does not exist. */
    @CheckForNull
    private static String stamp(File file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file.toPath(), BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Whether the job has a ledger, or had one that was set aside. Reads no file. */
    public static boolean exists(Job<?, ?> job) {
        return file(job).isFile() || setAside(job);
    }

    static boolean setAside(Job<?, ?> job) {
        String[] names = job.getRootDir().list((folder, name) -> name.startsWith(FILE_NAME + ASIDE));
        return names != null && names.length > 0;
    }

    private static void setAside(Job<?, ?> job, Path file, String problem) throws IOException {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
                .withZone(ZoneOffset.UTC)
                .format(Clock.systemUTC().instant());
        Path aside = file.resolveSibling(FILE_NAME + ASIDE + time);
        Files.move(file, aside);
        String message = Messages.LedgerStore_SetAside(FILE_NAME, problem, aside.getFileName());
        LedgerProblems.get().setAside(job, message);
        LOGGER.warning(() -> aside + ": " + message);
    }
}
