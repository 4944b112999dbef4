package io.jenkins.plugins.imageupdate.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.TagDigest;
import io.jenkins.plugins.imageupdate.check.TagSet;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.job.DownstreamIndex;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.registry.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Renames of downstream jobs on a controller with many jobs, each of which has a ledger: {@code docs/benchmarks.md}. */
@WithJenkins
class RenameBenchmark {
    private static final int JOBS = Integer.getInteger("rename.jobs", 3_000);
    private static final int RENAMES = Integer.getInteger("rename.count", 300);

    private static CheckResult update(int number) {
        WatchedImage image = WatchedImage.parse("registry.example.com/team/application-" + number + ":stable", null);
        return CheckResult.recorded(image, null, TagSet.of(new TagDigest(null, Digest.of(new byte[] {1}), null)));
    }

    @Test
    void renameManyJobs(JenkinsRule jenkins) throws Exception {
        List<FreeStyleProject> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            jobs.add(jenkins.createFreeStyleProject("job-" + i));
        }
        // Each job is upstream of the next one.
        for (int i = 0; i < JOBS; i++) {
            CheckResult update = update(i);
            String next = "job-" + (i + 1) % JOBS;
            LedgerStore.change(jobs.get(i), ledger -> ledger.downstream().claim(next, List.of(update), 1));
        }
        DownstreamIndex.get().complete();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < RENAMES; i++) {
            FreeStyleProject job = jobs.get(i * (JOBS / RENAMES));
            long before = System.nanoTime();
            job.renameTo("renamed-" + i);
            times.add(System.nanoTime() - before);
        }
        Collections.sort(times);
        System.out.printf(
                "%d jobs, %d renames: %.1f ms each (median; least %.1f, most %.1f), with what Jenkins itself does%n",
                JOBS, RENAMES, times.get(RENAMES / 2) / 1e6, times.get(0) / 1e6, times.get(RENAMES - 1) / 1e6);
        for (int i = 0; i < RENAMES; i++) {
            int renamed = i * (JOBS / RENAMES);
            FreeStyleProject upstream = jobs.get((renamed + JOBS - 1) % JOBS);
            assertEquals(
                    Set.of("renamed-" + i),
                    LedgerStore.read(upstream, ledger -> ledger.downstream().jobs()));
        }
    }
}
