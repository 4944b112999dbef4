package io.jenkins.plugins.imageupdate.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.check.Sighting;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.LedgerFormat;
import io.jenkins.plugins.imageupdate.ledger.SampleLedger;
import io.jenkins.plugins.imageupdate.testing.KeptSample;
import io.jenkins.plugins.imageupdate.testing.RecordNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger file that was written by the first version of this plugin. */
class LedgerXmlTest {
    private static final JobLedger EXPECTED = JobLedger.of(SampleLedger.content());

    @TempDir
    private Path directory;

    private Path sample() throws Exception {
        return KeptSample.file(
                "ledger-1.xml",
                () -> Files.readString(written(EXPECTED))
                        .replace(Sighting.PROCESS, "a process")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Path written(JobLedger ledger) throws Exception {
        Path file = directory.resolve("image-updates.xml");
        LedgerXml.write(file.toFile(), ledger);
        return file;
    }

    @Test
    void aKeptLedgerIsReadWithAllThatItHolds() throws Exception {
        LedgerFormat.Content read = LedgerXml.read(sample().toFile()).content();
        // As text, since two failures with different messages are equal.
        assertEquals(EXPECTED.content().toString(), read.toString());
    }

    @Test
    void aKeptLedgerIsWrittenAsItWasRead() throws Exception {
        Path sample = sample();
        assertEquals(
                Files.readString(sample),
                Files.readString(written(LedgerXml.read(sample.toFile()))).replace(Sighting.PROCESS, "a process"));
    }

    @Test
    void theKeptLedgerHasEachComponentOfItsFormat() throws Exception {
        String xml = Files.readString(sample());
        List<String> missing = new ArrayList<>(RecordNames.of(LedgerFormat.Content.class));
        // A sighting's place in the order of one process; other processes drop it.
        missing.remove("order");
        missing.removeIf(name -> xml.contains("<" + name + ">"));
        assertTrue(missing.isEmpty(), () -> "not in the sample: " + missing);
    }
}
