package io.jenkins.plugins.imageupdate.trigger;

import hudson.XmlFile;
import hudson.model.Job;
import hudson.util.XStream2;
import io.jenkins.plugins.imageupdate.watch.UpdateLedger;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The ledgers on disk, one file in each job's folder: it goes where the job goes and is deleted with it. Read anew each time, so that
 * no memory of an older job object can overwrite it; written atomically and flushed, and only if something is to be recorded.
 */
public final class UpdateLedgers {
    static final String FILE_NAME = "image-updates.xml";

    private static final Logger LOGGER = Logger.getLogger(UpdateLedgers.class.getName());
    private static final XStream2 XSTREAM = new XStream2();
    private static final Object[] LOCKS = Stream.generate(Object::new).limit(64).toArray();

    static {
        UpdateLedger.persistentTypes().forEach(XSTREAM::alias);
    }

    private UpdateLedgers() {}

    /**
     * Reads the job's ledger, lets something be done with it, and writes it if that changed it. When it cannot be written, nothing
     * was recorded.
     */
    public static <T> T update(Job<?, ?> job, Function<UpdateLedger, T> change) throws IOException {
        File file = new File(job.getRootDir(), FILE_NAME);
        synchronized (LOCKS[Math.floorMod(file.getPath().hashCode(), LOCKS.length)]) {
            UpdateLedger ledger = read(file);
            T result = change.apply(ledger);
            // A job that is being deleted must not come back as a folder with a ledger.
            if (ledger.modified() && job.getRootDir().isDirectory()) {
                new XmlFile(XSTREAM, file).write(ledger);
            }
            return result;
        }
    }

    /** Whether anything was ever recorded for the job. */
    static boolean exists(Job<?, ?> job) {
        return new File(job.getRootDir(), FILE_NAME).isFile();
    }

    /** As {@link #update}, for a change whose loss is only reported: the next check or build repairs it. */
    static void record(Job<?, ?> job, Function<UpdateLedger, ?> change) {
        try {
            update(job, change);
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, e, () -> "the image updates of " + job.getFullName() + " cannot be recorded");
        }
    }

    private static UpdateLedger read(File file) throws IOException {
        if (!file.exists()) {
            return new UpdateLedger();
        }
        try {
            if (new XmlFile(XSTREAM, file).read() instanceof UpdateLedger ledger) {
                return ledger;
            }
            LOGGER.warning(() -> file + " holds something else than image updates");
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
        }
        setAside(file.toPath());
        return UpdateLedger.recovered();
    }

    private static void setAside(Path file) throws IOException {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
                .withZone(ZoneOffset.UTC)
                .format(Clock.systemUTC().instant());
        Path aside = file.resolveSibling(FILE_NAME + ".unreadable-" + time);
        Files.move(file, aside);
        LOGGER.warning(
                () -> "it was kept as " + aside + "; its images are taken as seen for the first time, without a build");
    }
}
