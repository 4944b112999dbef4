package io.jenkins.plugins.imageupdate.harness;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/** See {@link WithSharedJenkins}. */
final class SharedJenkinsExtension implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        JenkinsRule rule = rule(context);
        if (rule != null) {
            rule.after();
        }
    }

    /** The rule that was given to the test or its class; {@link JenkinsExtension} stores it under this name. Null if none was. */
    static JenkinsRule rule(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(JenkinsExtension.class))
                .get("jenkins-instance", JenkinsRule.class);
    }
}
