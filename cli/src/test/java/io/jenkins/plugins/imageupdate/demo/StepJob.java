package io.jenkins.plugins.imageupdate.demo;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.Since;
import io.jenkins.plugins.imageupdate.ledger.StepRun;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The job check-base-image: its builds check the image by the step, and start deploy when it has changed. */
final class StepJob {
    private static final String DOWNSTREAM = "deploy";

    private final JobLedger ledger = new JobLedger();
    private final DemoChecks checks;
    private final Consumer<String> log;
    private int builds;

    StepJob(DemoChecks checks, Consumer<String> log) {
        this.checks = checks;
        this.log = log;
    }

    void build() {
        int number = ++builds;
        log.accept("== check-base-image #" + number);
        CheckResult result = checks.describe(ledger.check(checks.see(null), Since.LAST_SUCCESS, new StepRun(number, null)));
        log.accept(result.sentence());
        List<CheckResult> due = result.changed() ? ledger.downstream().claim(DOWNSTREAM, List.of(result), number) : List.of();
        if (!due.isEmpty()) {
            log.accept(DemoLog.started(DOWNSTREAM));
        }
        log.accept("changed: " + result.changed() + ", digest: " + result.digest());
        ledger.succeeded(List.of(result), number, Instant.now());
        due.forEach(this::deploy);
    }

    private void deploy(CheckResult update) {
        log.accept("== deploy #1");
        log.accept(DemoLog.cause(update));
        ledger.downstream().answered(DOWNSTREAM, List.of(update));
        log.accept(DemoLog.deploying(update));
    }
}
