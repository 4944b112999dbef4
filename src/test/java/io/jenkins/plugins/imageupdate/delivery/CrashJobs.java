package io.jenkins.plugins.imageupdate.delivery;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.tasks.Shell;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.config.ConfiguredRegistry;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** The part of the crash test that runs inside the Jenkins that is killed. */
final class CrashJobs {
    static final String FREESTYLE = "freestyle";
    static final String PIPELINE = "pipeline";
    static final String DOWNSTREAM = "downstream";

    /** A job has its name, or its name with this after it. */
    static final String RENAMED = "-renamed";

    private static final String NOT_OVERTAKEN = "-not-overtaken";

    private static final Pattern TIMESTAMP = Pattern.compile("<timestamp>(\\d+)</timestamp>");
    private static final Pattern CAUSE =
            Pattern.compile("<(" + Pattern.quote(ImageUpdateCause.class.getName()) + ")\\b.*?</\\1>", Pattern.DOTALL);
    private static final Pattern NOW = Pattern.compile("<now>.*?</now>", Pattern.DOTALL);
    private static final Pattern DIGEST = Pattern.compile("<digest>([^<]+)</digest>");

    private static final Logger LOGGER = Logger.getLogger(CrashJobs.class.getName());

    private CrashJobs() {}

    /**
     * Two images for a freestyle job with a downstream job, one for a Pipeline. Builds take a while, so that some are killed. About a third of
     * the digests make the build fail.
     */
    static void create(String host) throws Exception {
        Jenkins jenkins = Jenkins.get();
        jenkins.setQuietPeriod(0);
        jenkins.setNumExecutors(2);
        ConfiguredRegistry registry = new ConfiguredRegistry(host);
        registry.setPlainHttp(true);
        RegistriesConfiguration.get().setRegistries(List.of(registry));
        FreeStyleProject downstream = jenkins.createProject(FreeStyleProject.class, DOWNSTREAM);
        downstream.getBuildersList().add(new Shell("sleep 0.1"));
        downstream.save();
        FreeStyleProject freestyle = jenkins.createProject(FreeStyleProject.class, FREESTYLE);
        freestyle.getBuildersList().add(new Shell("sleep 0.3\ncase $IMAGE_UPDATE_DIGEST in *[0-4]) exit 1;; esac"));
        ImageUpdateTrigger trigger = PollScene.trigger(host + "/p/image0:stable", host + "/p/image1:stable");
        trigger.setDownstreamJobs(List.of(DOWNSTREAM, DOWNSTREAM + RENAMED));
        freestyle.addTrigger(trigger);
        freestyle.save();
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, PIPELINE);
        pipeline.setDefinition(new CpsFlowDefinition(
                "echo env.IMAGE_UPDATE_DIGEST\nif (env.IMAGE_UPDATE_DIGEST.matches('.*[0-4]')) error 'this digest fails'",
                true));
        pipeline.addTrigger(PollScene.trigger(host + "/p/image2:stable"));
        pipeline.save();
        poll();
    }

    private static Job<?, ?> job(String name) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
        return job == null ? Jenkins.get().getItemByFullName(name + RENAMED, Job.class) : job;
    }

    static void rename(String name) throws Exception {
        Job<?, ?> job = job(name);
        job.renameTo(job.getName().equals(name) ? name + RENAMED : name);
    }

    /** Deletes the builds of a job that have ended, and sets the number of the next one back. What they were started for stays on record. */
    static void renumber(String name) throws Exception {
        Job<?, ?> job = job(name);
        for (Run<?, ?> run : job.getBuilds()) {
            if (!run.isBuilding()) {
                Set<String> lines = record(name, run, updates(run));
                lines.addAll(record(name + NOT_OVERTAKEN, run, ImageUpdateCause.updatesOf(run)));
                Files.write(
                        deleted(Jenkins.get().getRootDir()),
                        lines,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                run.delete();
            }
        }
        if (job.getLastBuild() == null) {
            job.updateNextBuildNumber(1);
        }
    }

    /**
     * Puts the builds that are on disk on record, since Jenkins without the plugin writes the files of builds that it resumes, without what they
     * were started for. To be called while no Jenkins runs.
     */
    static void recordBuilds(File home) throws IOException {
        Set<String> lines = new HashSet<>();
        for (String name : List.of(FREESTYLE, PIPELINE, DOWNSTREAM)) {
            for (String folder : List.of(name, name + RENAMED)) {
                Path builds = home.toPath().resolve("jobs").resolve(folder).resolve("builds");
                if (!Files.isDirectory(builds)) {
                    continue;
                }
                try (Stream<Path> all = Files.list(builds)) {
                    for (Path build : all.filter(one -> Files.isRegularFile(one.resolve("build.xml")))
                            .toList()) {
                        lines.addAll(record(name, build));
                    }
                }
            }
        }
        Files.write(deleted(home), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static Set<String> record(String name, Path build) throws IOException {
        String xml = Files.readString(build.resolve("build.xml"));
        Matcher started = TIMESTAMP.matcher(xml);
        Set<String> lines = new HashSet<>();
        if (started.find()) {
            CAUSE.matcher(xml)
                    .results()
                    .flatMap(cause -> NOW.matcher(cause.group()).results())
                    .flatMap(now -> DIGEST.matcher(now.group()).results())
                    .forEach(digest -> lines.add(line(
                            name,
                            Integer.parseInt(build.getFileName().toString()),
                            Long.parseLong(started.group(1)),
                            digest.group(1))));
        }
        return lines;
    }

    /** The record of deleted builds. */
    static Path deleted(File home) {
        return home.toPath().resolve("deleted-builds.txt");
    }

    /** A line for each digest that a build was started for: the job, the build, the digest. */
    private static Set<String> record(String name, Run<?, ?> run, List<CheckResult> updates) {
        Set<String> lines = new HashSet<>();
        for (CheckResult update : updates) {
            lines.add(line(
                    name,
                    run.getNumber(),
                    run.getTimeInMillis(),
                    update.digest().toString()));
        }
        return lines;
    }

    private static String line(String name, int number, long started, String digest) {
        return name + " " + number + "@" + started + " " + digest;
    }

    static void poll() throws Exception {
        for (String name : List.of(FREESTYLE, PIPELINE)) {
            PollScene.poll(job(name));
        }
    }

    /** Checks both jobs over and over, as fast as it goes, until the process is killed. */
    static void keepPolling() {
        Thread thread = new Thread(
                () -> {
                    while (!Jenkins.get().isTerminating()) {
                        try {
                            poll();
                        } catch (Exception e) {
                            LOGGER.log(Level.WARNING, "a check failed", e);
                        }
                    }
                },
                "poll over and over");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until all builds have ended, and counts the builds of a job for each digest. */
    static HashMap<String, Integer> settle(JenkinsRule rule, String name) throws Exception {
        for (int i = 0; i < 3; i++) {
            poll();
            rule.waitUntilNoActivityUpTo(120_000);
        }
        // A build that was being deleted when Jenkins was killed may be on record and still be there.
        Set<String> lines = deletedLines(name);
        for (Run<?, ?> run : job(name).getBuilds()) {
            lines.addAll(record(name, run, updates(run)));
        }
        HashMap<String, Integer> builds = new HashMap<>();
        lines.forEach(line -> builds.merge(digest(line), 1, Integer::sum));
        return builds;
    }

    private static Set<String> deletedLines(String name) throws IOException {
        Path deleted = deleted(Jenkins.get().getRootDir());
        return Files.exists(deleted)
                ? Files.readAllLines(deleted).stream()
                        .filter(line -> line.startsWith(name + " "))
                        .collect(Collectors.toCollection(HashSet::new))
                : new HashSet<>();
    }

    private static String digest(String line) {
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    /** The digests that the builds of a job were started for, without those that had been overtaken when their build started. */
    static ArrayList<String> notOvertaken(String name) throws IOException {
        ArrayList<String> digests = new ArrayList<>();
        deletedLines(name + NOT_OVERTAKEN).forEach(line -> digests.add(digest(line)));
        for (Run<?, ?> run : job(name).getBuilds()) {
            ImageUpdateCause.updatesOf(run)
                    .forEach(update -> digests.add(update.digest().toString()));
        }
        return digests;
    }

    /** Older ones of the same image included. By what is public, since tests and plugin have class loaders of their own here. */
    private static List<CheckResult> updates(Run<?, ?> run) {
        return run.getCauses().stream()
                .filter(ImageUpdateCause.class::isInstance)
                .flatMap(cause -> ((ImageUpdateCause) cause).updates().stream())
                .toList();
    }

    /** For the report of a failure. */
    static String story() throws Exception {
        StringBuilder story = new StringBuilder();
        for (String name : Arrays.asList(FREESTYLE, PIPELINE, DOWNSTREAM)) {
            for (Run<?, ?> run : job(name).getBuilds()) {
                story.append(run).append(' ').append(run.getResult()).append(' ');
                updates(run)
                        .forEach(update ->
                                story.append(update.digest().toString(), 0, 20).append(' '));
                story.append('\n');
            }
        }
        return story.toString();
    }

    static <K> int highest(Map<K, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
