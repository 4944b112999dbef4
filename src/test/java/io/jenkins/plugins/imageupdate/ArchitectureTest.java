package io.jenkins.plugins.imageupdate;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Data flows one way, and the half that asks registries does not know Jenkins. Holds for both builds: a half may be missing. */
class ArchitectureTest {
    private static final String HERE = "io.jenkins.plugins.imageupdate";
    private static final String[] JENKINS_FREE = {"registry", "tags", "source", "watch"};

    /** By package: the packages that it may use. */
    private static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.of(
            "registry", List.of(),
            "tags", List.of("registry"),
            "source", List.of("registry"),
            "watch", List.of("registry", "tags"),
            "credentials", List.of("registry"),
            "config", List.of("registry", "tags", "watch", "credentials"),
            "trigger", List.of("registry", "tags", "watch", "credentials", "config"),
            "step", List.of("registry", "tags", "source", "watch", "credentials", "config", "trigger"),
            "view", List.of("registry", "tags", "watch", "credentials", "config", "trigger")));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HERE);

    private static String pattern(String name) {
        return HERE + "." + name + "..";
    }

    @Test
    void seesTheClassesItJudges() {
        for (String judged :
                List.of("registry.RegistryClient", "tags.TagPolicy", "source.SourceImages", "watch.UpdateLedger")) {
            assertTrue(classes.contain(HERE + "." + judged), judged);
        }
        assertTrue(classes.stream().noneMatch(c -> c.getSimpleName().equals("ArchitectureTest")));
    }

    @Test
    void everyClassIsInAPackageOfTheTable() {
        classes()
                .that(alwaysTrue())
                .should()
                .resideInAnyPackage(
                        MAY_USE.keySet().stream().map(ArchitectureTest::pattern).toArray(String[]::new))
                .check(classes);
    }

    @Test
    void aPackageUsesOnlyThoseThatItMay() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : MAY_USE.keySet()) {
            layers = layers.optionalLayer(name).definedBy(pattern(name));
        }
        for (Map.Entry<String, List<String>> each : MAY_USE.entrySet()) {
            layers = each.getValue().isEmpty()
                    ? layers.whereLayer(each.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(each.getKey())
                            .mayOnlyAccessLayers(each.getValue().toArray(String[]::new));
        }
        layers.check(classes);
    }

    @Test
    void theJenkinsFreeHalfKnowsNoJenkins() {
        String[] packages = new String[JENKINS_FREE.length];
        for (int i = 0; i < packages.length; i++) {
            packages[i] = pattern(JENKINS_FREE[i]);
        }
        noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "jenkins..", "hudson..", "org.jenkinsci..", "com.cloudbees..", "org.kohsuke..")
                        .or(resideInAPackage("io.jenkins..").and(resideOutsideOfPackage(HERE + ".."))))
                .check(classes);
    }
}
