package io.jenkins.plugins.imageupdate.job;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.reflection.ReflectionConverter;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.XmlFile;
import hudson.model.Job;
import hudson.util.XStream2;
import io.jenkins.plugins.imageupdate.delivery.LedgerFromBuilds;
import io.jenkins.plugins.imageupdate.trigger.KnownStates;
import io.jenkins.plugins.imageupdate.watch.LedgerFile;
import io.jenkins.plugins.imageupdate.watch.LedgerFormat;
import io.jenkins.plugins.imageupdate.watch.UpdateLedger;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The ledgers on disk, one file in each job's folder: it goes where the job goes and is deleted with it. Read anew each time, so that
 * no memory of an older job object can overwrite it; written atomically and flushed, and only if something is to be recorded.
 */
public final class LedgerStore {
    static final String FILE_NAME = "image-updates.xml";

    private static final String ASIDE = ".unreadable-";
    private static final Logger LOGGER = Logger.getLogger(LedgerStore.class.getName());
    private static final XStream2 XSTREAM = new XStream2();
    private static final Object[] LOCKS = Stream.generate(Object::new).limit(64).toArray();

    /** By a job's full name, in words. */
    private static final Map<String, String> SET_ASIDE = new ConcurrentHashMap<>();

    private static final Map<String, String> UNWRITTEN = new ConcurrentHashMap<>();

    static {
        LedgerFormat.types().forEach((name, type) -> {
            XSTREAM.alias(name, type);
            // Jenkins' own leaves out what it cannot read, and what is left out of a ledger would be seen for the first
            // time.
            XSTREAM.registerConverter(
                    new ReflectionConverter(XSTREAM.getMapper(), XSTREAM.getReflectionProvider(), type),
                    XStream.PRIORITY_NORMAL);
        });
    }

    private LedgerStore() {}

    /** The ledger of a job, for code that knows no Jenkins. */
    static LedgerFile of(Job<?, ?> job) {
        return new LedgerFile() {
            @Override
            public <T> T update(Function<UpdateLedger, T> change) throws IOException {
                return LedgerStore.update(job, change);
            }
        };
    }

    /**
     * Reads the job's ledger, lets something be done with it, and writes it if that changed it. When it cannot be written, nothing
     * was recorded.
     */
    public static <T> T update(Job<?, ?> job, Function<UpdateLedger, T> change) throws IOException {
        // With the job's monitor, so that it is not renamed or deleted just before its folder is written to, and made
        // anew by that.
        synchronized (job) {
            File file = file(job);
            synchronized (LOCKS[Math.floorMod(file.getPath().hashCode(), LOCKS.length)]) {
                String stamp = KnownStates.stamp(file);
                UpdateLedger ledger = read(job, file);
                T result = change.apply(ledger);
                if (ledger.modified() && job.getRootDir().isDirectory()) {
                    write(job, file, ledger);
                    stamp = KnownStates.stamp(file);
                }
                KnownStates.learn(job, stamp, ledger);
                return result;
            }
        }
    }

    private static void write(Job<?, ?> job, File file, UpdateLedger ledger) throws IOException {
        try {
            new XmlFile(XSTREAM, file).write(ledger);
            UNWRITTEN.remove(job.getFullName());
        } catch (IOException e) {
            UNWRITTEN.put(job.getFullName(), Messages.UpdateLedgers_NotWritten(file, e.getMessage()));
            throw e;
        }
    }

    static File file(Job<?, ?> job) {
        return new File(job.getRootDir(), FILE_NAME);
    }

    /** Whether anything was ever recorded for the job. */
    static boolean exists(Job<?, ?> job) {
        return file(job).isFile();
    }

    /** As {@link #update}, for a change whose loss is only reported: the next check or build repairs it. */
    static void record(Job<?, ?> job, Function<UpdateLedger, ?> change) {
        try {
            update(job, change);
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, e, () -> "the image updates of " + job.getFullName() + " cannot be recorded");
        }
    }

    /** By full name of a job, in words: ledgers that were set aside since Jenkins started, or that cannot be written. */
    public static Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>(SET_ASIDE);
        problems.putAll(UNWRITTEN);
        return problems;
    }

    private static UpdateLedger read(Job<?, ?> job, File file) throws IOException {
        if (!file.exists()) {
            // Jenkins may have died between setting a file aside and writing what was recovered.
            UpdateLedger recovered = setAside(job) ? LedgerFromBuilds.recover(job) : LedgerFromBuilds.recoverMissing(job);
            if (recovered == null) {
                return new UpdateLedger();
            }
            LOGGER.warning(() -> file + " is missing; what the builds of " + job.getFullName()
                    + " say of its images is taken for known");
            return recovered;
        }
        String problem = null;
        try {
            if (new XmlFile(XSTREAM, file).read() instanceof UpdateLedger ledger) {
                ledger.verify();
                return ledger;
            }
            problem = "it holds something else than image updates";
        } catch (IOException | RuntimeException e) {
            problem = newerVersion(file.toPath());
            if (problem == null) {
                LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
                Throwable cause = e.getCause() == null ? e : e.getCause();
                problem = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            }
        }
        setAside(job, file.toPath(), problem);
        return LedgerFromBuilds.recover(job);
    }

    /** Whether the folder has a ledger under another name, which could not be read. */
    public static boolean setAside(Job<?, ?> job) {
        String[] names = job.getRootDir().list((folder, name) -> name.startsWith(FILE_NAME + ASIDE));
        return names != null && names.length > 0;
    }

    /** Of a newer version all may be different but this. */
    @CheckForNull
    private static String newerVersion(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(10)
                    .map(String::strip)
                    .filter(line -> line.matches("<version>[0-9]{1,9}</version>"))
                    .map(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")))
                    .filter(version -> version > LedgerFormat.VERSION)
                    .map(version -> "it is of version " + version + ", which a newer version of this plugin wrote")
                    .findFirst()
                    .orElse(null);
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private static void setAside(Job<?, ?> job, Path file, String problem) throws IOException {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
                .withZone(ZoneOffset.UTC)
                .format(Clock.systemUTC().instant());
        Path aside = file.resolveSibling(FILE_NAME + ASIDE + time);
        Files.move(file, aside);
        String message = Messages.UpdateLedgers_SetAside(file, problem, aside.getFileName());
        SET_ASIDE.put(job.getFullName(), message);
        LOGGER.warning(message);
    }
}
