package io.jenkins.plugins.imageupdate.controller;

import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.LedgerXml;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.LedgerFile;
import io.jenkins.plugins.imageupdate.ledger.WatchedState;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * What is known of the images that Jenkins runs on: a ledger in a file of Jenkins' folder, in the format of those of jobs. A file that cannot be
 * read is renamed and kept.
 */
final class ControllerLedger implements LedgerFile {
    private static final Logger LOGGER = Logger.getLogger(ControllerLedger.class.getName());

    private static final String ASIDE = ".unreadable";

    private final File file;
    private JobLedger ledger;

    ControllerLedger(File file) {
        this.file = file;
    }

    @Override
    public synchronized <T> T read(Function<JobLedger, T> question) throws IOException {
        return question.apply(present());
    }

    @Override
    public synchronized <T> T change(Function<JobLedger, T> change) throws IOException {
        JobLedger changed = present().copy();
        T result = change.apply(changed);
        if (!changed.equals(ledger)) {
            LedgerXml.write(file, changed);
            ledger = changed;
        }
        return result;
    }

    /** What pages show of each image. */
    Map<WatchedImage, WatchedState> states() throws IOException {
        return read(
                known -> known.states().stream().collect(Collectors.toMap(WatchedState::image, Function.identity())));
    }

    /** Forgets all that is known. */
    synchronized void clear() throws IOException {
        Files.deleteIfExists(file.toPath());
        ledger = new JobLedger();
    }

    private JobLedger present() throws IOException {
        if (ledger == null) {
            ledger = file.isFile() ? readFile() : new JobLedger();
        }
        return ledger;
    }

    private JobLedger readFile() throws IOException {
        try {
            return LedgerXml.read(file);
        } catch (IllegalArgumentException e) {
            Path aside = file.toPath().resolveSibling(file.getName() + ASIDE);
            Files.move(file.toPath(), aside, StandardCopyOption.REPLACE_EXISTING);
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; it is kept as " + aside);
            return new JobLedger();
        }
    }
}
