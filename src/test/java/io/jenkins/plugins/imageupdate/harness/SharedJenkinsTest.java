package io.jenkins.plugins.imageupdate.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.jvnet.hudson.test.JenkinsRule;

class SharedJenkinsTest {
    /** Not run by itself: its name does not end as those of tests do. */
    @WithSharedJenkins
    static class OneJenkins {
        private static JenkinsRule jenkins;

        @BeforeAll
        static void start(JenkinsRule rule) {
            jenkins = rule;
        }

        @Test
        void one() {
            assertNotNull(jenkins.jenkins.getRootDir());
        }

        @Test
        void two() {
            assertNotNull(jenkins.jenkins.getRootDir());
        }
    }

    @Test
    void theJenkinsOfAClassIsStoppedAfterItsTests() {
        SummaryGeneratingListener result = new SummaryGeneratingListener();
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(OneJenkins.class))
                                .build(),
                        result);
        assertEquals(2, result.getSummary().getTestsSucceededCount());
        assertNull(Jenkins.getInstanceOrNull());
    }

    @Test
    void noClassStartsAJenkinsThatIsNotStopped() {
        methods()
                .that()
                .areAnnotatedWith(BeforeAll.class)
                .and(DescribedPredicate.describe(
                        "take a JenkinsRule",
                        (JavaMethod method) -> method.getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(JenkinsRule.class))))
                .should()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(WithSharedJenkins.class)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                        .importPackages("io.jenkins.plugins.imageupdate"));
    }
}
