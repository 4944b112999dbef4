package io.jenkins.plugins.imageupdate.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.Descriptor;
import hudson.slaves.Cloud;
import io.jenkins.plugins.imageupdate.harness.AsCode;
import io.jenkins.plugins.imageupdate.harness.SharedScene;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.standin.DockerCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.sf.json.JSONObject;
import org.csanchez.jenkins.plugins.kubernetes.ContainerTemplate;
import org.csanchez.jenkins.plugins.kubernetes.KubernetesCloud;
import org.csanchez.jenkins.plugins.kubernetes.PodTemplate;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The images of the templates of clouds and of the controller, with the Kubernetes plugin and a stand-in for the Docker plugin. */
@WithRegistry
class JenkinsImagesTest extends SharedScene {
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:00:00Z");

    @AfterEach
    void withoutClouds() throws Exception {
        jenkins.jenkins.clouds.clear();
        JenkinsImages.get().setOwn(new OwnImage(null, LONG_AGO));
        check();
        JenkinsImagesConfiguration.get().setSpec(null);
    }

    private static void check() throws Exception {
        JenkinsImages.get().check().get(60, TimeUnit.SECONDS);
    }

    private static void cloud(PodTemplate... templates) {
        KubernetesCloud cloud = new KubernetesCloud("cluster");
        cloud.setTemplates(List.of(templates));
        jenkins.jenkins.clouds.add(cloud);
    }

    private static PodTemplate template(String name, String image) {
        PodTemplate template = new PodTemplate();
        template.setName(name);
        template.setContainers(List.of(new ContainerTemplate("tools", image)));
        return template;
    }

    private static List<String> places() {
        return JenkinsImages.get().images().stream()
                .map(place -> place.usedBy() + ": " + place.image() + (place.outdated() ? " outdated" : ""))
                .toList();
    }

    private static boolean notice() {
        return jenkins.jenkins
                .getExtensionList(OutdatedImagesMonitor.class)
                .get(0)
                .isActivated();
    }

    private static String page() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            return ((HtmlPage) client.goTo("manage/image-updates/")).asNormalizedText();
        }
    }

    @Test
    void anImageThatMovesIsOutdatedUntilAnAdministratorMarksItAsCurrent() throws Exception {
        scene.push("p/agent", "one");
        cloud(template("maven", scene.image("p/agent")));
        check();
        String place = "Cloud cluster, template maven, pod container tools: " + scene.image("p/agent");
        assertEquals(List.of(place), places());
        assertFalse(notice());
        assertTrue(page().contains("Not moved"), JenkinsImagesTest::page0);

        scene.push("p/agent", "two");
        check();
        assertEquals(List.of(place + " outdated"), places());
        assertTrue(notice());
        assertTrue(page().contains("The tag has moved"), JenkinsImagesTest::page0);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String manage = client.goTo("manage/").asNormalizedText();
            assertTrue(manage.contains(scene.image("p/agent") + " (Cloud cluster, template maven"), manage);
            HtmlPage images = client.goTo("manage/image-updates/");
            jenkins.submit(images.getFormByName("markCurrent"));
        }
        assertEquals(List.of(place), places());
        assertFalse(notice());
    }

    private static String page0() {
        try {
            return page();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void imagesAreFoundInCloudsOfEachShape() throws Exception {
        PodTemplate base = template("base", "docker.invalid/team/base:1");
        PodTemplate child = template("child", "docker.invalid/team/child:1");
        child.setInheritFrom("base");
        child.setYaml("spec: {containers: [{name: side, image: 'docker.invalid/team/side:1'}]}");
        cloud(base, child);
        jenkins.jenkins.clouds.add(new DockerCloud(
                "hosts",
                List.of(new DockerCloud.DockerTemplate(
                        new DockerCloud.DockerTemplateBase("docker.invalid/team/nested:1"), "linux"))));
        check();
        assertEquals(
                List.of(
                        "Cloud cluster, template base, pod container tools: docker.invalid/team/base:1",
                        "Cloud cluster, template child, pod container side: docker.invalid/team/side:1",
                        "Cloud cluster, template child, pod container tools: docker.invalid/team/child:1",
                        "Cloud hosts, template linux, image: docker.invalid/team/nested:1"),
                places().stream().sorted().toList());
        assertTrue(page().contains("Check failed"), "a registry that only agents can reach");
    }

    @Test
    void whatIsNotWatchedIsSaid() throws Exception {
        String digest = "docker.invalid/team/app@sha256:" + "a".repeat(64);
        cloud(template("variable", "maven:${VERSION}"), template("digest", digest));
        jenkins.jenkins.clouds.add(new KubernetesCloud("empty"));
        jenkins.jenkins.clouds.add(new ThrowingCloud("throws"));
        jenkins.jenkins.clouds.add(new ThrowingCloud(ThrowingCloud.ERROR));
        check();
        assertEquals(List.of(), places());
        String said = String.join("\n", JenkinsImages.get().notWatched());
        for (String words : List.of(
                "cluster variable: pod container tools: \"maven:${VERSION}\" is not an image reference",
                "whose value is not known here",
                digest + " is named by its digest alone",
                "Cloud empty: no container image was found",
                "the configuration of cloud throws failed with",
                "the configuration of cloud error failed with",
                "environment variable JENKINS_IMAGE")) {
            assertTrue(said.contains(words), () -> words + " is not in " + said);
        }
        assertFalse(said.contains("a secret"), said);
        String page = page();
        assertTrue(page.contains("Cloud empty: no container image was found"), page);
    }

    /** A cloud of another plugin with a fault. */
    public static final class ThrowingCloud extends Cloud {
        static final String ERROR = "error";

        @DataBoundConstructor
        public ThrowingCloud(String name) {
            super(name);
        }

        public String getImage() {
            if (name.equals(ERROR)) {
                throw new AssertionError("a secret");
            }
            throw new IllegalStateException("a secret");
        }

        @org.kohsuke.stapler.DataBoundSetter
        public void setImage(String image) {}

        @TestExtension
        public static final class DescriptorImpl extends Descriptor<Cloud> {}
    }

    @Test
    void whatIsKnownIsThereAgainAfterAStartWithoutACheck() throws Exception {
        scene.push("p/kept", "one");
        cloud(template("kept", scene.image("p/kept")));
        check();
        scene.push("p/kept", "two");
        check();
        scene.registry.clear();
        configure("spec: 'H H 1 1 *'");
        JenkinsImages started = new JenkinsImages();
        started.find();
        assertTrue(started.images().get(0).outdated());
        assertEquals(List.of(), scene.registry.requests());
    }

    @Test
    void aPinnedTemplateIsOutdatedAsSoonAsItsTagIsNotThePin() throws Exception {
        String pin = scene.push("p/pinned", "one");
        scene.push("p/pinned", "two");
        cloud(template("pinned", scene.image("p/pinned") + "@" + pin));
        check();
        assertTrue(places().get(0).endsWith(" outdated"), () -> places().toString());
    }

    @Test
    void theControllersImageIsOutdatedOnceItMovesAndCurrentAfterItsContainerStartsAgain() throws Exception {
        String image = scene.image("p/controller");
        scene.push("p/controller", "one");
        JenkinsImages.get().setOwn(new OwnImage(image, LONG_AGO));
        check();
        assertEquals(List.of("The controller: " + image), places());
        assertTrue(page().contains("an earlier digest is not known"), JenkinsImagesTest::page0);
        scene.push("p/controller", "two");
        check();
        assertEquals(List.of("The controller: " + image + " outdated"), places());
        JenkinsImages.get().markCurrent(any -> true);
        assertEquals(List.of("The controller: " + image + " outdated"), places(), "only a start makes it current");

        JenkinsImages.get().setOwn(new OwnImage(image, Instant.now()));
        check();
        assertEquals(List.of("The controller: " + image), places());
    }

    @Test
    void aWrongNameOfTheControllersImageIsSaid() throws Exception {
        JenkinsImages.get().setOwn(new OwnImage("Jenkins:lts", LONG_AGO));
        check();
        assertTrue(
                JenkinsImages.get().notWatched().toString().contains("JENKINS_IMAGE: \"Jenkins:lts\" is not an image"));
    }

    @Test
    void aPageReadsNoCloudHoweverManyTemplatesThereAre() throws Exception {
        hosts(500);
        assertEquals(500, JenkinsImages.get().images().size());
        int read = DockerCloud.READ.get();
        String page = page();
        assertTrue(page.contains("Images 1 to 100 of 500"), page);
        assertEquals(read, DockerCloud.READ.get());
        System.out.println("FIGURE 500 templates: page " + milliseconds() + " ms");
        jenkins.jenkins.clouds.clear();
        hosts(100);
        System.out.println("FIGURE 100 templates: page " + milliseconds() + " ms");
    }

    private static void hosts(int templates) throws Exception {
        jenkins.jenkins.clouds.add(new DockerCloud(
                "hosts",
                IntStream.range(0, templates)
                        .mapToObj(i -> "registry-" + i % 5 + ".invalid/team/agent-" + i + ":1")
                        .map(image ->
                                new DockerCloud.DockerTemplate(new DockerCloud.DockerTemplateBase(image), "linux"))
                        .toList()));
        check();
    }

    private static long milliseconds() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                client.goTo("manage/image-updates/");
                best = Math.min(best, System.nanoTime() - start);
            }
            return TimeUnit.NANOSECONDS.toMillis(best);
        }
    }

    @Test
    void theRemoteApiAndTheCommandLineTellTheSame() throws Exception {
        scene.push("p/cli", "one");
        cloud(template("cli", scene.image("p/cli")));
        CLICommandInvoker.Result first = new CLICommandInvoker(jenkins, "check-jenkins-images").invoke();
        assertEquals(0, first.returnCode(), first::toString);
        assertTrue(first.stdout().contains(scene.image("p/cli") + ": first seen"), first::toString);
        scene.push("p/cli", "two");
        CLICommandInvoker.Result second = new CLICommandInvoker(jenkins, "check-jenkins-images").invoke();
        assertTrue(
                second.stdout().contains(scene.image("p/cli") + " has moved: Cloud cluster, template cli"),
                second::toString);
        JSONObject api = jenkins.getJSON("manage/image-updates/api/json").getJSONObject();
        JSONObject row = api.getJSONObject("table").getJSONArray("images").getJSONObject(0);
        assertEquals("OUTDATED", row.getString("status"));
        assertEquals("Cloud cluster, template cli, pod container tools", row.getString("usedBy"));
        assertTrue(row.get("job") instanceof net.sf.json.JSONNull, row::toString);
        assertEquals(1, api.getJSONObject("table").getJSONObject("counts").getInt("OUTDATED"));
        assertEquals(1, api.getJSONArray("notWatched").size());
    }

    @Test
    void nothingIsCheckedWithoutASchedule() throws Exception {
        cloud(template("off", scene.image("p/off")));
        JenkinsImagesPeriodicWork work = new JenkinsImagesPeriodicWork();
        Instant now = Instant.now();
        assertFalse(work.due(now.plusSeconds(3600)));
        configure("spec: '* * * * *'");
        assertTrue(work.due(now.plusSeconds(3660)));
        assertFalse(work.due(now.plusSeconds(3660)), "each minute once");
        configure("spec: ''");
        assertFalse(work.due(now.plusSeconds(7200)));
        assertNull(JenkinsImagesConfiguration.get().getSpec());
    }

    private static void configure(String setting) throws Exception {
        String yaml = "unclassified:\n  jenkinsImages:\n    " + setting + "\n";
        AsCode.configure(yaml);
    }

    @Test
    void aWrongScheduleIsRefusedAndTheFormSavesARightOne() throws Exception {
        assertThrows(Exception.class, () -> configure("spec: 'never'"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("manage/configure");
            var form = page.getFormByName("config");
            form.getInputsByName("_.spec").get(0).setValue("H 6 * * *");
            jenkins.submit(form);
        }
        assertEquals("H 6 * * *", JenkinsImagesConfiguration.get().getSpec());
    }

    @Test
    void aFileThatCannotBeReadIsKeptAndImagesAreSeenAgain() throws Exception {
        Path file = jenkins.jenkins.getRootDir().toPath().resolve("image-updates-of-something.xml");
        Files.writeString(file, "?");
        ControllerLedger ledger = new ControllerLedger(file.toFile());
        assertEquals(0, ledger.states().size());
        assertTrue(Files.exists(file.resolveSibling("image-updates-of-something.xml.unreadable")));
    }
}
