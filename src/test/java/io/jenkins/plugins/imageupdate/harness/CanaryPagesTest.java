package io.jenkins.plugins.imageupdate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.InvisibleAction;
import hudson.model.UnprotectedRootAction;
import io.jenkins.plugins.imageupdate.testing.Canaries;
import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerResponse2;

/** {@link CanaryPages} finds canaries that are planted in pages. */
@WithJenkins
class CanaryPagesTest {
    private static final String LINE =
            ServiceAccountKeys.privateKey().lines().skip(5).findFirst().orElseThrow();

    @Test
    void everyResponseIsSearched(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.goTo("");
            assertEquals(List.of(), Canaries.found());
            client.goTo("canary/body", "text/plain");
            assertEquals(List.of("the private key in the answer to /canary/body"), Canaries.found());
            client.goTo("canary/header", "text/plain");
            assertEquals(List.of("the private key in the answer to /canary/header"), Canaries.found());
        }
    }

    /** A page with a secret. */
    @TestExtension
    public static final class Leak extends InvisibleAction implements UnprotectedRootAction {
        @Override
        public String getUrlName() {
            return "canary";
        }

        public HttpResponse doBody() {
            return HttpResponses.text("before " + LINE + " after");
        }

        public void doHeader(StaplerResponse2 response) {
            response.setContentType("text/plain");
            response.setHeader("X-Canary", LINE);
        }
    }
}
