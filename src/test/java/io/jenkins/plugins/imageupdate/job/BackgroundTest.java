package io.jenkins.plugins.imageupdate.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.security.ACL;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BackgroundTest {
    @Test
    void runsTasksAsJenkinsItself(JenkinsRule jenkins) throws Exception {
        CompletableFuture<Object> user = new CompletableFuture<>();
        Background.get().execute(() -> user.complete(Jenkins.getAuthentication2()));
        assertEquals(ACL.SYSTEM2, user.get(60, TimeUnit.SECONDS));
    }

    @Test
    void runsNoTaskAfterItsEnd(JenkinsRule jenkins) throws Exception {
        Background ended = new Background();
        ended.end();
        assertTrue(ended.ended());
        Runnable never = () -> {
            throw new AssertionError("run after the end");
        };
        assertFalse(ended.offer(never));
        ended.execute(never);
    }
}
