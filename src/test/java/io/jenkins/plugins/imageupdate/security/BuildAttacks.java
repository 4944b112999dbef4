package io.jenkins.plugins.imageupdate.security;

import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.delivery.DownstreamJobs;
import io.jenkins.plugins.imageupdate.harness.CapturedLog;
import io.jenkins.plugins.imageupdate.job.CheckQueue;
import io.jenkins.plugins.imageupdate.job.ImageCheck;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.testing.Fault;
import io.jenkins.plugins.imageupdate.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Attacks by a build through the step. */
final class BuildAttacks {
    private final JenkinsScene scene;

    BuildAttacks(JenkinsScene scene) {
        this.scene = scene;
    }

    List<Attack> rows() {
        String image = scene.evil.host() + "/open/app:stable";
        String check = "checkImageUpdate('" + image + "')";
        return Stream.of(
                        List.of(downstream(), forgedLine(), crowd(false), crowd(true), programData()),
                        scripts(
                                check + ".images[0].result().name()",
                                check + ".getClass().getClassLoader()",
                                "new io.jenkins.plugins.imageupdate.delivery.ImageUpdateCause([])",
                                "io.jenkins.plugins.imageupdate.config.ControllerHttp.get()",
                                "io.jenkins.plugins.imageupdate.config.RegistriesConfiguration.get().registries = []"),
                        List.of(
                                file("a link to the controller's key", "points outside the workspace", "link"),
                                file(
                                        "`../../secrets/master.key`",
                                        "no file in the workspace matches",
                                        "../../secrets/master.key"),
                                file("`/etc/passwd`", "Expecting Ant GLOB pattern", "/etc/passwd")))
                .flatMap(List::stream)
                .toList();
    }

    private Attack downstream() {
        return new Attack(
                "another user's job",
                "a build, run as one who may not build `deploy`, that starts it",
                "Not started: author may not build deploy",
                () -> {
                    CheckImageUpdateStep check = new CheckImageUpdateStep(scene.evil.host() + "/open/app:stable");
                    check.setDownstreamJobs(List.of("/deploy"));
                    FreeStyleProject job = scene.other.createProject(FreeStyleProject.class, "starter");
                    job.getBuildersList().add(new CheckImageUpdateBuilder(check));
                    var authenticators =
                            QueueItemAuthenticatorConfiguration.get().getAuthenticators();
                    authenticators.add(new MockQueueItemAuthenticator()
                            .authenticate(
                                    "other/starter",
                                    User.getById("author", true).impersonate2()));
                    try {
                        scene.evil.pushImage("open/app", "stable", "one");
                        scene.jenkins.buildAndAssertSuccess(job);
                        scene.evil.pushImage("open/app", "stable", "two");
                        String log = scene.jenkins.getLog(scene.jenkins.buildAndAssertSuccess(job));
                        scene.jenkins.waitUntilNoActivity();
                        if (scene.deploy.getLastBuild() != null) {
                            throw new AssertionError("it was built");
                        }
                        return log;
                    } finally {
                        authenticators.clear();
                    }
                });
    }

    /** Names of jobs can be anything in a configuration that was sent as XML. */
    private Attack forgedLine() {
        return new Attack(
                "a forged line in the controller's log",
                "a downstream job whose name has line breaks",
                "the job \"a [8mSEVERE: forged\" does not exist",
                () -> {
                    Logger logger = Logger.getLogger("io.jenkins.plugins.imageupdate.security.forged");
                    FreeStyleProject job = scene.jenkins.createFreeStyleProject();
                    Run<?, ?> run = scene.jenkins.buildAndAssertSuccess(job);
                    CheckResult update =
                            CheckResult.unreadable(null, new Failure(FailureKind.CONFIGURATION, "x", null, "", null));
                    try (CapturedLog log = new CapturedLog()) {
                        new DownstreamJobs(run, new LogTaskListener(logger, Level.INFO), ACL.SYSTEM2)
                                .start(List.of("a\n\u001b[8mSEVERE: forged"), List.of(update));
                        return log.text();
                    }
                });
    }

    /** Jobs take turns, by the trigger as by the step. */
    private Attack crowd(boolean listed) {
        String where = listed ? "at a listed host" : "at as many unlisted hosts";
        return new Attack(
                "the resources of other jobs",
                "10,000 images " + where + ", in one job",
                listed ? "32 are under way" : "12 are under way",
                () -> {
                    List<ImageCheck> images = IntStream.range(0, 10_000)
                            .mapToObj(i -> listed ? scene.evil.host() + "/open/a" + i : "h" + i + ".invalid/p/app")
                            .map(image -> new ImageCheck(WatchedImage.parse(image, null), null, null, null))
                            .toList();
                    AtomicInteger underWay = new AtomicInteger();
                    CheckQueue.all(
                            images,
                            image -> {
                                underWay.incrementAndGet();
                                return new CompletableFuture<>();
                            },
                            Runnable::run);
                    return underWay + " are under way";
                });
    }

    /** The registry is asked and does not answer yet; what a restart would read back is on disk meanwhile. */
    private Attack programData() {
        return new Attack(
                "a secret, in what a Pipeline keeps on disk",
                "reading `program.dat` while the step waits",
                "only the credential's id",
                () -> {
                    CountDownLatch answer = new CountDownLatch(1);
                    scene.evil.clear();
                    scene.wantLogin();
                    scene.evil
                            .faults()
                            .always(request -> request.authorization().isPresent(), Fault.heldUntil(answer));
                    WorkflowJob job = pipeline("checkImageUpdate(image: '" + scene.evil.host()
                            + "/open/app:stable', credentialsId: 'other-robot', failOnError: false)");
                    WorkflowRun run = job.scheduleBuild2(0).waitForStart();
                    try {
                        boolean asked = scene.evil.awaitRequests(
                                request -> request.authorization().isPresent(), 1, Duration.ofSeconds(60));
                        ((CpsFlowExecution) run.getExecution()).waitForSuspension();
                        String kept = contents(run);
                        return !asked ? "it never asked" : kept.contains(JenkinsScene.SECRET) ? "the secret" : id(kept);
                    } finally {
                        answer.countDown();
                        scene.evil.faults().clear();
                        scene.jenkins.waitForCompletion(run);
                    }
                });
    }

    private static String id(String kept) {
        return kept.contains("other-robot") ? "only the credential's id" : "not even the id";
    }

    private static String contents(Run<?, ?> run) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = scene.other.createProject(WorkflowJob.class, "p" + System.nanoTime());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private List<Attack> scripts(String... scripts) {
        return Stream.of(scripts)
                .map(script -> new Attack(
                        "the controller's objects, from a Pipeline's sandbox",
                        "`" + script.replace(scene.evil.host(), "REGISTRY") + "`",
                        "Scripts not permitted to use",
                        () -> {
                            scene.evil.pushImage("open/app", "stable", "one");
                            WorkflowRun run = scene.jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(script));
                            return scene.jenkins.getLog(run);
                        }))
                .toList();
    }

    /** On the controller itself, where there is most to read. */
    private Attack file(String tried, String refusal, String pattern) {
        return new Attack("the controller's files", "a Dockerfile at " + tried, refusal, () -> {
            CheckImageUpdateStep check = new CheckImageUpdateStep(null);
            check.setDockerfile(pattern);
            FreeStyleProject job = scene.jenkins.createFreeStyleProject();
            job.getBuildersList().add(new CheckImageUpdateBuilder(check));
            Path workspace = scene.jenkins.jenkins.getRootDir().toPath().resolve("workspace/" + job.getName());
            Files.createDirectories(workspace);
            Tools.symbolicLink(
                    workspace.resolve("link"),
                    scene.jenkins.jenkins.getRootDir().toPath().resolve("secrets/master.key"));
            Run<?, ?> run =
                    scene.jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0, new Cause.UserIdCause()));
            String log = scene.jenkins.getLog(run);
            String key =
                    Files.readString(scene.jenkins.jenkins.getRootDir().toPath().resolve("secrets/master.key"));
            if (log.contains(key.substring(0, 20)) || log.contains("root:")) {
                throw new AssertionError("it was read");
            }
            return log;
        });
    }
}
