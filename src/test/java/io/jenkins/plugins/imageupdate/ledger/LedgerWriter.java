package io.jenkins.plugins.imageupdate.ledger;

/** Tells when a ledger would be written: when its content differs from what was written last, at first from an empty ledger. */
final class LedgerWriter {
    private JobLedger written = new JobLedger();

    /** Returns whether the content differs. */
    boolean write(JobLedger ledger) {
        boolean differs = !ledger.equals(written);
        written = ledger.copy();
        return differs;
    }
}
