package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.TopLevelItem;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;

/** One Jenkins for all tests of a class. After each test it has no job, no credential, no registry and no security. */
@WithSharedJenkins
public abstract class SharedJenkins {
    protected static JenkinsRule jenkins;

    @BeforeAll
    static void share(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    final void empty() throws Exception {
        jenkins.waitUntilNoActivity();
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        RegistriesConfiguration.get().setRegistries(List.of());
    }
}
