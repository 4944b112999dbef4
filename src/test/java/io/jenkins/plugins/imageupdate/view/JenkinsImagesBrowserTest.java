package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.controller.JenkinsImages;
import io.jenkins.plugins.imageupdate.harness.AsCode;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.standin.DockerCloud;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The images of agents and of the controller in a real browser, with clouds that are configured as code. */
class JenkinsImagesBrowserTest extends BrowserScene {
    private static final String CONFIGURATION = """
            jenkins:
              clouds:
                - kubernetes:
                    name: "cluster"
                    templates:
                      - name: "maven"
                        containers:
                          - name: "maven"
                            image: "HOST/p/agent:stable"
                      - name: "inner"
                        yaml: |
                          spec:
                            containers:
                              - name: "tools"
                                image: "registry.invalid/team/tools:1"
                      - name: "variable"
                        containers:
                          - name: "node"
                            image: "node:${NODE_VERSION}"
                - docker:
                    name: "hosts"
                    templates:
                      - dockerTemplateBase:
                          image: "HOST/p/agent:stable"
                        labelString: "linux"
            unclassified:
              imageUpdateCheck:
                registries:
                  - prefix: "HOST"
                    plainHttp: true
                    googleKeysAllowed: true
                    credentialsId: "gcr-key"
              jenkinsImages:
                spec: "H 6 * * *"
            """;

    JenkinsImagesBrowserTest() {
        jenkins.addSyntheticPlugin(new RealJenkinsExtension.SyntheticPlugin(DockerCloud.class)
                .header("Plugin-Dependencies", "structs:0,workflow-step-api:0"));
    }

    @Override
    @BeforeEach
    void start(RegistryFixture fixture, @TempDir Path profile) throws Throwable {
        fixture.push("p/controller", "lts", "one");
        fixture.push("p/agent", "stable", "one");
        jenkins.extraEnv("JENKINS_IMAGE", fixture.image("p/controller", "lts"));
        super.start(fixture, profile);
    }

    private void check() throws Throwable {
        jenkins.runRemotely(rule -> {
            JenkinsImages.get().check().get(60, TimeUnit.SECONDS);
        });
    }

    @Test
    void outdatedImagesOfAgentsAreSeenAndMarkedAsCurrent() throws Throwable {
        // Configuration as Code takes ${…} for a variable of its own, and ^${…} for the text.
        String yaml = CONFIGURATION.replace("HOST", registry.front.host()).replace("${", "^${");
        jenkins.runRemotely(rule -> {
            AsCode.configure(yaml);
        });
        browser.look(1280, false);
        open("manage/image-updates/");
        browser.click(browser.find("form[name=checkJenkinsImages] button"));
        check();
        registry.push("p/agent", "stable", "two");
        check();
        String page = "manage/image-updates/";
        looks.inspect(page, "jenkins-images");
        String text = browser.text();
        for (String words : new String[] {
            "The tag has moved",
            "Cloud cluster, template maven, pod container maven",
            "Cloud hosts, template linux, image",
            "The controller",
            "Not moved",
            "Check failed",
            "whose value is not known here"
        }) {
            assertTrue(text.contains(words), () -> words + " is not in " + text);
        }
        looks.inspectNotice("manage/", "jenkins-images-notice", ".jenkins-alert-warning:has(a[href*=OUTDATED])");
        looks.inspectForm(
                "manage/configure",
                "jenkins-images-form",
                ".jenkins-section:has(input[checkurl*=JenkinsImagesConfiguration])");
        browser.look(1280, false);
        open(page);
        browser.click(browser.find("form[name=markCurrent] button"));
        browser.waitFor(() -> browser.all("form[name=markCurrent]").isEmpty());
        assertEquals(
                0, browser.all(".image-update-table .jenkins-\\!-warning-color").size());
    }
}
