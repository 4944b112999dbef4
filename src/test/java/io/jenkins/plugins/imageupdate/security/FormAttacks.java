package io.jenkins.plugins.imageupdate.security;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.imageupdate.harness.PollScene;
import io.jenkins.plugins.imageupdate.job.LedgerStore;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateBuilder;
import io.jenkins.plugins.imageupdate.step.CheckImageUpdateStep;
import io.jenkins.plugins.imageupdate.testing.Attack;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdatePoller;
import io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger;
import io.jenkins.plugins.imageupdate.trigger.TriggerImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.htmlunit.HttpMethod;

/** Attacks by web methods, and by files on disk. */
final class FormAttacks {
    private static final String IMAGE =
            "job/other/job/app/descriptorByName/" + "io.jenkins.plugins.imageupdate.trigger.TriggerImage/";
    private static final String TRIGGER =
            "job/other/job/app/descriptorByName/" + "io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger/";
    private static final String REGISTRY = "descriptorByName/io.jenkins.plugins.imageupdate.config.ConfiguredRegistry/";
    private static final String GADGET =
            "<java.beans.EventHandler><target class=\"java.lang.ProcessBuilder\"/></java.beans.EventHandler>";

    private final JenkinsScene scene;

    FormAttacks(JenkinsScene scene) {
        this.scene = scene;
    }

    List<Attack> rows() {
        String only = "\"values\":[{\"name\":\"- current -\",\"selected\":false,\"value\":\"x\"}]";
        return List.of(
                listing("a reader asks which credentials there are", only, "reader", IMAGE),
                listing("an author asks which there are for registries", only, "author", REGISTRY),
                new Attack(
                        "the names of credentials",
                        "a reader asks whether one is there",
                        "the same answer as for a missing one",
                        () -> {
                            String there = scene.post("reader", IMAGE + "checkCredentialsId?value=other-robot");
                            String missing = scene.post("reader", IMAGE + "checkCredentialsId?value=none");
                            return there.equals(missing) ? "the same answer as for a missing one" : there;
                        }),
                new Attack(
                        "the names of credentials",
                        "an author asks for one of another folder",
                        "the same answer as for a missing one",
                        () -> {
                            String there = scene.post("author", IMAGE + "checkCredentialsId?value=team-robot")
                                    .replace("team-robot", "x");
                            String missing = scene.post("author", IMAGE + "checkCredentialsId?value=none")
                                    .replace("none", "x");
                            return there.equals(missing) && there.contains("error")
                                    ? "the same answer as for a missing one"
                                    : there;
                        }),
                refused("an author tests a connection", "403", "author", HttpMethod.POST, REGISTRY + TEST),
                refused(
                        "a link makes an administrator test one",
                        "404",
                        "administrator",
                        HttpMethod.GET,
                        REGISTRY + TEST),
                refused("a reader asks a registry by a preview", "403", "reader", HttpMethod.POST, preview("")),
                refused("a link makes an author ask one", "404", "author", HttpMethod.GET, preview("")),
                new Attack(
                        "a credential that is not the job's",
                        "a preview with one of another folder",
                        "no credential with id 'team-robot' can be used here",
                        () -> {
                            String answer = scene.post("author", preview("team-robot"));
                            scene.assertNothingGiven();
                            return answer.replace("&#039;", "'");
                        }),
                new Attack(
                        "the controller's network",
                        "an author previews an image at an internal address",
                        "has the internal address 127.0.0.1, which only a registry may have that an administrator listed",
                        () -> scene.post("author", preview("").replace("/open/", "/closed/"))),
                refused("a link makes an author list credentials", "404", "author", HttpMethod.GET, IMAGE + FILL),
                new Attack(
                        "the names of jobs",
                        "an author asks for one that they may not read",
                        "the same answer as for one that is not there",
                        () -> {
                            hidden();
                            String there = scene.post("author", TRIGGER + "checkDownstreamJobs?value=/team/hidden")
                                    .replace("hidden", "x");
                            String missing = scene.post("author", TRIGGER + "checkDownstreamJobs?value=/team/missing")
                                    .replace("missing", "x");
                            return there.equals(missing) ? "the same answer as for one that is not there" : there;
                        }),
                new Attack("the names of jobs", "an author has them completed", "\"suggestions\":[]", () -> {
                    hidden();
                    return scene.request(
                            "author", HttpMethod.GET, TRIGGER + "autoCompleteDownstreamJobs?value=/team/h", null);
                }),
                new Attack(
                        "the names of jobs",
                        "the page of a build whose downstream job its reader may know of, but not see",
                        "the page, without it",
                        this::discoverable),
                rateLimit(),
                ledger("instead of the ledger", GADGET),
                ledger(
                        "within the ledger",
                        "<image-updates><images><entry>" + GADGET + GADGET + "</entry></images></image-updates>"),
                new Attack(
                        "code on the controller",
                        "a job's configuration whose image is an object of another class",
                        "nothing of it is in the job",
                        this::configuration),
                poisoned("a job's configuration whose image is a text", "<string>x</string>"),
                poisoned("a job's configuration whose image is missing", "<null/>"),
                poisoned(
                        "a job's configuration whose tag policy has an expression that is missing",
                        tags("RegexTags", "")),
                poisoned(
                        "a job's configuration whose tag policy has a range that is missing",
                        tags("SemverTags", "<include><null/></include>")),
                poisoned("a job's configuration whose tag policy is the one for no policy", tags("NoTagSelection", "")),
                poisoned(
                        "a job's configuration whose image has no name",
                        "<io.jenkins.plugins.imageupdate.trigger.TriggerImage/>"),
                poisoned(
                        "a job's configuration whose image has an invalid name",
                        "<io.jenkins.plugins.imageupdate.trigger.TriggerImage><reference>A B&lt;script></reference>"
                                + "</io.jenkins.plugins.imageupdate.trigger.TriggerImage>"));
    }

    private static String tags(String kind, String content) {
        return "<io.jenkins.plugins.imageupdate.trigger.TriggerImage><reference>gcr.io/p/app</reference><tags class='"
                + "io.jenkins.plugins.imageupdate.policy." + kind + "'>"
                + content + "</tags></io.jenkins.plugins.imageupdate.trigger.TriggerImage>";
    }

    private static final String TEST = "testConnection?prefix=gcr.io&testImage=&timeoutSeconds=1";
    private static final String FILL = "fillCredentialsIdItems?credentialsId=x";

    private String preview(String credentialsId) {
        return "job/other/job/app/descriptorByName/io.jenkins.plugins.imageupdate.policy.NewestTags/preview?max=1&reference="
                + scene.evil.host() + "/open/app:1&credentialsId=" + credentialsId;
    }

    private Attack listing(String tried, String refusal, String user, String descriptor) {
        return new Attack("the names of credentials", tried, refusal, () -> scene.post(user, descriptor + FILL));
    }

    private Attack refused(String tried, String refusal, String user, HttpMethod method, String path) {
        return new Attack(
                "acting as another user",
                tried,
                refusal,
                () -> scene.request(user, method, path, null).strip());
    }

    private String discoverable() throws Exception {
        hidden();
        CheckImageUpdateStep check = new CheckImageUpdateStep(scene.evil.host() + "/open/app:stable");
        check.setDownstreamJobs(List.of("/team/hidden"));
        FreeStyleProject job = scene.other.createProject(FreeStyleProject.class, "upstream");
        job.getBuildersList().add(new CheckImageUpdateBuilder(check));
        scene.evil.pushImage("open/app", "stable", "one");
        scene.jenkins.buildAndAssertSuccess(job);
        scene.evil.pushImage("open/app", "stable", "two");
        String url = scene.jenkins.buildAndAssertSuccess(job).getUrl() + "image-updates/";
        scene.jenkins.waitUntilNoActivity();
        String page = scene.request("reader", HttpMethod.GET, url, null);
        String whole = scene.request("administrator", HttpMethod.GET, url, null);
        boolean there = page.startsWith("200 ") && whole.contains("job/hidden/");
        return there && !page.contains("job/hidden") ? "the page, without it" : page;
    }

    private void hidden() throws Exception {
        if (scene.team.getItem("hidden") == null) {
            scene.team.createProject(FreeStyleProject.class, "hidden");
        }
    }

    /** Only who may write to the controller's disk could put it there: no build on an agent can. */
    private Attack ledger(String tried, String content) {
        return new Attack(
                "code on the controller", "an object of another class " + tried, "no such object is created", () -> {
                    FreeStyleProject job = scene.jenkins.createFreeStyleProject();
                    Path file = job.getRootDir().toPath().resolve("image-updates.xml");
                    Files.writeString(file, "<?xml version='1.1' encoding='UTF-8'?>\n" + content);
                    scene.jenkins.buildAndAssertStatus(hudson.model.Result.FAILURE, checking(job));
                    boolean empty = LedgerStore.read(job, ledger -> ledger.states()).stream()
                            .allMatch(state -> state.result() == null);
                    return empty ? "no such object is created" : "it was read";
                });
    }

    /** The check fails, since the registry does not answer. The ledger is read before the failure is written into it. */
    private FreeStyleProject checking(FreeStyleProject job) {
        job.getBuildersList()
                .add(new CheckImageUpdateBuilder(new CheckImageUpdateStep(scene.evil.host() + "/open/none:x")));
        return job;
    }

    /** What a registry says of its limits is on a page. */
    private Attack rateLimit() {
        String fine = "the page is shown, without the script";
        return new Attack(
                "pages of other users", "a registry whose rate limit is 10^15 requests, and a script", fine, () -> {
                    FreeStyleProject job = scene.jenkins.createFreeStyleProject();
                    ImageUpdateTrigger trigger = new ImageUpdateTrigger("@yearly");
                    trigger.setImages(List.of(new TriggerImage(scene.evil.host() + "/open/app:stable")));
                    job.addTrigger(trigger);
                    scene.evil.pushImage("open/app", "stable", "one");
                    scene.evil
                            .faults()
                            .always(
                                    request -> true,
                                    (request, regular) -> regular.get()
                                            .with(
                                                    "ratelimit-limit",
                                                    "999999999999999;w=999999999999999;<script>evil()</script>")
                                            .with("ratelimit-remaining", "999999999999999\"><script>evil()</script>")
                                            .with("ratelimit-reset", "999999999999999"));
                    try {
                        PollScene.poll(job);
                        String page = scene.request("administrator", HttpMethod.GET, "manage/image-updates/", null);
                        boolean shown = page.contains(scene.evil.host()) && page.contains("999,999,999,999,999");
                        return shown && !page.contains("evil()") ? fine : page;
                    } finally {
                        scene.evil.faults().clear();
                    }
                });
    }

    private String configure(String images) throws Exception {
        String trigger =
                "<io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger><spec>@daily</spec><images>" + images
                        + "</images><downstreamJobs><null/></downstreamJobs></io.jenkins.plugins.imageupdate.trigger.ImageUpdateTrigger>";
        return scene.request(
                "author",
                HttpMethod.POST,
                "job/other/job/app/config.xml",
                "<?xml version='1.1' encoding='UTF-8'?><project><triggers>" + trigger + "</triggers></project>");
    }

    private String configuration() throws Exception {
        String status = configure(GADGET);
        ImageUpdateTrigger read = scene.job.getTrigger(ImageUpdateTrigger.class);
        return read == null || read.getImages().isEmpty() ? "nothing of it is in the job" : status + read.getImages();
    }

    /** Binding a form would refuse it, reading XML does not. */
    private Attack poisoned(String tried, String images) {
        return new Attack("pages of other users", tried, "other pages and checks still work", () -> {
            configure(images);
            scene.request("author", HttpMethod.GET, "job/other/job/app/image-updates/", null);
            String page = scene.request("administrator", HttpMethod.GET, "manage/image-updates/", null);
            FreeStyleProject watching = scene.jenkins.createFreeStyleProject();
            watching.addTrigger(new ImageUpdateTrigger("@daily"));
            ImageUpdatePoller.get()
                    .poll(scene.job)
                    .handle((report, thrown) -> "ended")
                    .get(60, TimeUnit.SECONDS);
            PollScene.poll(watching);
            String again = ImageUpdatePoller.get()
                    .poll(scene.job)
                    .handle((report, thrown) -> "ended")
                    .get(60, TimeUnit.SECONDS);
            return page.startsWith("200 ") && again.equals("ended") ? "other pages and checks still work" : page;
        });
    }
}
