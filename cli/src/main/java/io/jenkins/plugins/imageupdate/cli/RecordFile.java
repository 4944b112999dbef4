package io.jenkins.plugins.imageupdate.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that keeps what the command saw: a ledger in JSON. It is replaced as a whole, so that it is never half written. */
final class RecordFile {
    /** Room for some ten thousand images. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Path file;
    private final JobLedger ledger;
    private final JobLedger before;

    private RecordFile(@CheckForNull Path file, JobLedger ledger) {
        this.file = file;
        this.ledger = ledger;
        this.before = ledger.copy();
    }

    /** Keeps nothing when the command ends. */
    static RecordFile none() {
        return new RecordFile(null, new JobLedger());
    }

    /** Reads the file, or begins a new ledger if there is none yet. Fails at once where it could not be written later. */
    static RecordFile open(Path named) throws CommandException {
        try {
            // Where a link leads, so that the link stays.
            Path file = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
            Path folder = file.getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw problem(named, "cannot be written", "there is no folder for it; make the folder first");
            }
            if (!Files.isWritable(folder)) {
                throw problem(named, "cannot be written", "its folder cannot be written to");
            }
            return new RecordFile(file, Files.exists(file) ? read(named, file) : new JobLedger());
        } catch (IOException e) {
            throw problem(named, "cannot be read", CommandException.reason(e));
        }
    }

    private static JobLedger read(Path named, Path file) throws CommandException, IOException {
        if (!Files.isRegularFile(file)) {
            throw problem(named, "cannot be used", "it is not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw problem(named, "is not a record of check-image", "it is longer than " + MAX_BYTES + " bytes");
            }
            return JobLedger.of(LedgerJson.read(content));
        } catch (IllegalArgumentException e) {
            throw problem(
                    named,
                    "is not a record of check-image",
                    e.getMessage() + ". It stays as it is; name another file, or remove it to begin anew");
        }
    }

    JobLedger ledger() {
        return ledger;
    }

    /** Writes the ledger if it changed. What was there before stays if that fails. */
    void save() throws CommandException {
        if (file == null || ledger.equals(before)) {
            return;
        }
        Path next = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel out =
                    FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.wrap(LedgerJson.write(ledger.content()));
                while (content.hasRemaining()) {
                    out.write(content);
                }
                out.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw problem(
                    file,
                    "cannot be written",
                    CommandException.reason(e) + ". It stays as it was, so that the next check says the same again");
        } finally {
            remove(next);
        }
    }

    private static void remove(Path file) throws CommandException {
        try {
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            // It has become the record.
        } catch (IOException e) {
            throw problem(file, "cannot be removed", CommandException.reason(e));
        }
    }

    private static CommandException problem(Path file, String what, String reason) {
        return new CommandException("--record " + Printable.of(file.toString()) + " " + what + ": " + reason);
    }
}
