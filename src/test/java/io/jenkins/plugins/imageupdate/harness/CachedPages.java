package io.jenkins.plugins.imageupdate.harness;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.MetaClass;

/**
 * Jenkins keeps the pages that it has compiled, as in production. {@link JenkinsRule} makes it compile them for each request, so that a
 * developer may change them meanwhile: a third of the time of the tests of forms. JUnit finds this by {@code META-INF/services}.
 */
public final class CachedPages implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            // Its static part must have run: it sets the field.
            Class.forName(JenkinsRule.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        MetaClass.NO_CACHE = false;
    }
}
