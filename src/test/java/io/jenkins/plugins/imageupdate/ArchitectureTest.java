package io.jenkins.plugins.imageupdate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Data flows one way, and the half that asks registries knows nothing of Jenkins. */
class ArchitectureTest {
    private static final String HERE = "io.jenkins.plugins.imageupdate";
    private static final String REGISTRY = HERE + ".registry..";
    private static final String WATCH = HERE + ".watch..";
    private static final String[] ABOVE = {
        HERE + ".credentials..", HERE + ".config..", HERE + ".trigger..", HERE + ".step..", HERE + ".view.."
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HERE);

    @Test
    void seesTheClassesItJudges() {
        assertTrue(classes.contain(HERE + ".registry.auth.RegistryClient"));
        assertTrue(classes.stream().noneMatch(c -> c.getSimpleName().equals("ArchitectureTest")));
    }

    @Test
    void registryAndWatchKnowNoJenkins() {
        noClasses()
                .that()
                .resideInAnyPackage(REGISTRY, WATCH)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "jenkins..", "hudson..", "org.jenkinsci..", "com.cloudbees..", "org.kohsuke..")
                        .or(resideInAPackage("io.jenkins..").and(resideOutsideOfPackage(HERE + ".."))))
                .check(classes);
    }

    @Test
    void registryKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage(REGISTRY)
                .should()
                .dependOnClassesThat(resideInAPackage(WATCH).or(resideInAnyPackage(ABOVE)))
                .check(classes);
    }

    @Test
    void watchKnowsNothingAboveIt() {
        noClasses()
                .that()
                .resideInAPackage(WATCH)
                .should()
                .dependOnClassesThat(resideInAnyPackage(ABOVE))
                .allowEmptyShould(true)
                .check(classes);
    }
}
