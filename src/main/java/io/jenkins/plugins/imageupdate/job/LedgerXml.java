package io.jenkins.plugins.imageupdate.job;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.LedgerFormat;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;

/** Ledgers as XML files: read strictly, written as a new file that replaces the old one. */
public final class LedgerXml {
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("image-updates", LedgerFormat.Content.class);
        XSTREAM.registerConverter(new RecordConverter(), XStream.PRIORITY_VERY_HIGH);
    }

    private LedgerXml() {}

    /**
     * Reads and verifies a ledger.
     *
     * @throws IllegalArgumentException if the file does not hold a ledger of this version; the message says why
     * @throws IOException if the file cannot be read at all
     */
    public static JobLedger read(File file) throws IOException {
        try {
            if (new XmlFile(XSTREAM, file).read() instanceof LedgerFormat.Content content) {
                return JobLedger.of(content);
            }
        } catch (IOException | RuntimeException e) {
            String newer = newerVersion(file);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String problem = String.valueOf(cause.getMessage())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse(cause.getClass().getSimpleName());
            throw new IllegalArgumentException(newer == null ? problem : newer, e);
        }
        throw new IllegalArgumentException("it does not hold image updates");
    }

    public static void write(File file, JobLedger ledger) throws IOException {
        new XmlFile(XSTREAM, file).write(ledger.content());
    }

    /** The version is the one element that every format has. Null if the file is not of a newer version. */
    @CheckForNull
    private static String newerVersion(File file) throws IOException {
        try (Stream<String> lines = Files.lines(file.toPath())) {
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
}
