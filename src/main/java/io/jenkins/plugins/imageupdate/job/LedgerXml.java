package io.jenkins.plugins.imageupdate.job;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.reflection.ReflectionConverter;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.imageupdate.watch.LedgerFormat;
import io.jenkins.plugins.imageupdate.watch.UpdateLedger;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Ledgers as XML files: read strictly, written as a new file that replaces the old one. */
final class LedgerXml {
    private static final XStream2 XSTREAM = new XStream2();

    static {
        LedgerFormat.types().forEach((name, type) -> {
            XSTREAM.alias(name, type);
            // Jenkins' own converter skips what it cannot read. An image that is skipped would count as seen for the first time.
            XSTREAM.registerConverter(
                    new ReflectionConverter(XSTREAM.getMapper(), XSTREAM.getReflectionProvider(), type),
                    XStream.PRIORITY_NORMAL);
        });
    }

    private LedgerXml() {}

    /**
     * Reads and verifies a ledger.
     *
     * @throws IllegalArgumentException if the file does not hold a ledger of this version; the message says why
     * @throws IOException if the file cannot be read at all
     */
    static UpdateLedger read(File file) throws IOException {
        try {
            if (new XmlFile(XSTREAM, file).read() instanceof UpdateLedger ledger) {
                ledger.verify();
                return ledger;
            }
        } catch (IOException | RuntimeException e) {
            String newer = newerVersion(file);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String problem = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException(newer == null ? problem : newer, e);
        }
        throw new IllegalArgumentException("it does not hold image updates");
    }

    static void write(File file, UpdateLedger ledger) throws IOException {
        new XmlFile(XSTREAM, file).write(ledger);
    }

    /** A short text that is equal for equal content. */
    static String fingerprint(UpdateLedger ledger) {
        try {
            byte[] xml = XSTREAM.toXML(ledger).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(xml));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
