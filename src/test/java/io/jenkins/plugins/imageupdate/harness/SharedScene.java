package io.jenkins.plugins.imageupdate.harness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;

/** One Jenkins and one registry for all tests of a class. After each test the registry answers regularly and no build is under way. */
@WithSharedJenkins
public abstract class SharedScene {
    protected static PollScene scene;
    protected static JenkinsRule jenkins;

    @BeforeAll
    static void share(JenkinsRule rule, PollScene started) {
        jenkins = rule;
        scene = started;
    }

    /** How many executors each test begins with. */
    protected int executors() {
        return 2;
    }

    @AfterEach
    final void idle() throws Exception {
        jenkins.jenkins.setNumExecutors(executors());
        scene.registry.faults().clear();
        scene.idle();
    }
}
