package io.jenkins.plugins.imageupdate.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.harness.Ages;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.WithRegistry;
import io.jenkins.plugins.imageupdate.push.PushEventsConfiguration;
import io.jenkins.plugins.imageupdate.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Runs the examples of README and docs. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");

    @Test
    @WithJenkins
    @WithRegistry(credentialsId = "gcr-key")
    void documentedPipelinesRun(JenkinsRule jenkins, RegistryFixture registry) throws Exception {
        jenkins.createFreeStyleProject("deploy-staging");
        jenkins.createFreeStyleProject("scan");
        for (String tag : List.of("stable", "1.4.0")) {
            registry.push("p/app", tag, "one");
            registry.push("p/base", tag, "one");
        }
        for (CodeBlock block : CodeBlock.all("groovy")) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDescription(block.toString());
            String script = block.text().replace("gcr.io/project", registry.front.host() + "/p");
            job.setDefinition(new CpsFlowDefinition(script, true));
            // The first check of a pinned image compares it with its pin.
            String first = block.text().contains("@sha256:") ? "to pin the current digest" : "first seen";
            boolean rests = block.text().contains("minimumAge");
            if (rests) {
                jenkins.assertLogContains("no digest counts yet", jenkins.buildAndAssertSuccess(job));
                Ages.pass(Duration.ofDays(4));
            }
            jenkins.assertLogContains(first, jenkins.buildAndAssertSuccess(job));
            registry.push("p/app", "stable", block.toString());
            registry.push("p/base", "stable", block.toString());
            registry.push("p/app", "1.4.0", block.toString());
            if (rests) {
                jenkins.assertLogContains("waits until", jenkins.buildAndAssertSuccess(job));
                Ages.pass(Duration.ofDays(4));
            }
            jenkins.assertLogContains("updated", jenkins.buildAndAssertSuccess(job));
        }
    }

    @Test
    @WithJenkins
    void configurationAsCodeIsAccepted(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        for (CodeBlock block : CodeBlock.all("yaml")) {
            Path file = directory.resolve("jenkins.yaml");
            Files.writeString(file, block.text());
            RegistriesConfiguration.get().setRegistries(List.of());
            PushEventsConfiguration.get().setSources(List.of());
            PushEventsConfiguration.get().setSubscriptions(List.of());
            ConfigurationAsCode.get().configure(file.toString());
            boolean read = !RegistriesConfiguration.get().getRegistries().isEmpty()
                    || !PushEventsConfiguration.get().getSources().isEmpty()
                    || !PushEventsConfiguration.get().getSubscriptions().isEmpty();
            assertTrue(read, block::toString);
        }
    }

    /** Links within the documentation. Links to the network are not requested. */
    @Test
    void linksLeadSomewhereAndEveryPictureIsShown() throws Exception {
        Set<Path> linked = new TreeSet<>();
        for (Path page : CodeBlock.pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                Path target =
                        page.toAbsolutePath().resolveSibling(links.group(1)).normalize();
                assertTrue(Files.exists(target), () -> page + " leads to " + links.group(1));
                linked.add(target);
            }
        }
        try (Stream<Path> pictures = Files.list(Path.of("docs/images").toAbsolutePath())) {
            assertEquals(
                    List.of(),
                    pictures.filter(picture -> !linked.contains(picture)).toList());
        }
    }

    @Test
    void shellCommandsParseAndCallProgramsAsWritten(@TempDir Path directory) throws Exception {
        for (String program : List.of("az", "gcloud", "mvn", "java", "cat")) {
            Path standIn = directory.resolve(program);
            Files.writeString(standIn, "#!/bin/sh\n{ printf '%s ' \"$@\"; echo; } >> \"${0%/*}/called\"\n");
            assertTrue(standIn.toFile().setExecutable(true));
        }
        String bash = Tools.require("bash").toString();
        int commands = 0;
        for (CodeBlock block : CodeBlock.all("bash")) {
            ProcessBuilder builder = new ProcessBuilder(bash, "-euo", "pipefail", "-c", block.text())
                    .redirectErrorStream(true)
                    .directory(directory.toFile());
            // The path has only the stand-ins, so no other program is called.
            builder.environment().put("PATH", directory.toString());
            Process shell = builder.start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(shell.waitFor(30, TimeUnit.SECONDS), block::toString);
            assertEquals(0, shell.exitValue(), () -> block + ": " + said);
            commands++;
        }
        List<String> called = Files.readAllLines(directory.resolve("called"));
        assertTrue(called.size() >= commands, called::toString);
        called.forEach(call -> assertFalse(call.contains("storage.objectViewer"), call));
    }
}
