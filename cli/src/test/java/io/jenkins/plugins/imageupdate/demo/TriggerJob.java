package io.jenkins.plugins.imageupdate.demo;

import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.ledger.JobBuilds;
import io.jenkins.plugins.imageupdate.ledger.JobLedger;
import io.jenkins.plugins.imageupdate.ledger.LedgerFile;
import io.jenkins.plugins.imageupdate.ledger.PendingBuilds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The job rebuild-on-update: its trigger checks the image, and a build is queued when the image has changed. */
final class TriggerJob implements LedgerFile, JobBuilds {
    private final JobLedger ledger = new JobLedger();
    private final DemoChecks checks;
    private final Consumer<String> log;
    private final List<CheckResult> queue = new ArrayList<>();
    private int builds;

    TriggerJob(DemoChecks checks, Consumer<String> log) {
        this.checks = checks;
        this.log = log;
    }

    /** What the schedule does in Jenkins. */
    void check() throws IOException {
        log.accept("== rebuild-on-update is checked by its trigger");
        CheckResult result = checks.describe(ledger.observe(checks.see(ledger.known(checks.image())), false, builds + 1));
        log.accept(result.sentence());
        boolean queued = new PendingBuilds(this, this).queue(checks.image().identity()::equals, Instant.now());
        if (queued) {
            build(result);
        }
    }

    private void build(CheckResult update) {
        int number = ++builds;
        log.accept("== rebuild-on-update #" + number);
        log.accept(DemoLog.cause(update));
        ledger.started(List.copyOf(queue), number, Instant.now());
        queue.clear();
        DemoLog.environment(update).forEach(log);
    }

    @Override
    public <T> T read(Function<JobLedger, T> question) {
        return question.apply(ledger);
    }

    @Override
    public <T> T change(Function<JobLedger, T> change) {
        return change.apply(ledger);
    }

    @Override
    public List<CheckResult> running() {
        return List.of();
    }

    @Override
    public List<? extends Waiting> waiting() {
        return List.of();
    }

    @Override
    public List<CheckResult> leaving() {
        return List.copyOf(queue);
    }

    @Override
    public List<Started> started(int first) {
        return List.of();
    }

    @Override
    public boolean schedule(List<CheckResult> updates, List<? extends Waiting> seen) {
        return queue.addAll(updates);
    }
}
