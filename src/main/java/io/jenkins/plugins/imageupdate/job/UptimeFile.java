package io.jenkins.plugins.imageupdate.job;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.PeriodicWork;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.imageupdate.check.Uptime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Keeps the {@link Uptime} over restarts, in a file of Jenkins' folder. If the file is lost, digests rest from the start again. */
@Extension
public final class UptimeFile extends PeriodicWork {
    static final String NAME = "image-updates-uptime.txt";

    private static final Logger LOGGER = Logger.getLogger(UptimeFile.class.getName());
    private static final long MOST_CHARACTERS = 200;

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(5);
    }

    @Override
    protected void doRun() {
        write();
    }

    private static Path file() {
        return Jenkins.get().getRootDir().toPath().resolve(NAME);
    }

    /** Before jobs are loaded, since their ledgers have ages that were measured with it. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
    public static void read() {
        try {
            Path file = file();
            if (Files.size(file) > MOST_CHARACTERS) {
                throw new IllegalArgumentException("it is too long");
            }
            String[] words =
                    Files.readString(file, StandardCharsets.UTF_8).strip().split(" ");
            if (words.length != 2) {
                throw new IllegalArgumentException("it does not have an id and a number of seconds");
            }
            Uptime.resume(new Uptime.Saved(words[0], Long.parseLong(words[1])));
        } catch (NoSuchFileException e) {
            write();
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> NAME
                            + " cannot be read: digests that must be of an age before they count rest from now on again");
        }
    }

    @Terminator
    public static void write() {
        Uptime.Saved now = Uptime.now();
        try (AtomicFileWriter writer = new AtomicFileWriter(file(), StandardCharsets.UTF_8)) {
            writer.write(now.id() + " " + now.seconds() + "\n");
            writer.commit();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> NAME + " cannot be written: what rests now may have to rest longer");
        }
    }
}
