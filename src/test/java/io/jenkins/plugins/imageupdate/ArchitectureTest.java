package io.jenkins.plugins.imageupdate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.jenkins.plugins.imageupdate.testing.MainClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use which. Packages of the Jenkins half are not there in the build without Jenkins. */
class ArchitectureTest {
    private static final String HERE = "io.jenkins.plugins.imageupdate";

    /** Packages without Jenkins classes. */
    private static final List<String> FREE_OF_JENKINS =
            List.of("registry..", "tags..", "source..", "check", "events", "ledger", "cli");

    /** By package, the packages that it may use. */
    private static final Map<String, Set<String>> MAY_USE = mayUse();

    private static final JavaClasses CLASSES = MainClasses.of(HERE);

    private static Map<String, Set<String>> mayUse() {
        Set<String> registry = Set.of("registry", "registry.http", "registry.auth", "registry.auth.google");
        Set<String> check = with(registry, "tags", "check");
        Set<String> config = with(check, "ledger", "source..", "credentials", "config");
        Set<String> job = with(config, "policy", "job");
        Map<String, Set<String>> mayUse = new TreeMap<>();
        mayUse.put("registry", Set.of());
        mayUse.put("registry.http", Set.of("registry"));
        mayUse.put("registry.auth", Set.of("registry", "registry.http"));
        mayUse.put("registry.auth.google", Set.of("registry", "registry.http", "registry.auth"));
        mayUse.put("tags.version", registry);
        mayUse.put("tags", with(registry, "tags.version"));
        mayUse.put("source..", registry);
        mayUse.put("check", with(registry, "tags"));
        mayUse.put("events", Set.of("registry", "registry.http"));
        mayUse.put("ledger", check);
        mayUse.put("cli", with(check, "ledger"));
        mayUse.put("credentials", with(check, "ledger", "source.."));
        mayUse.put("config", with(check, "ledger", "source..", "credentials"));
        mayUse.put("policy", config);
        mayUse.put("job", with(config, "policy"));
        mayUse.put("agents", job);
        mayUse.put("controller", with(job, "agents"));
        mayUse.put("delivery", job);
        mayUse.put("trigger", with(job, "delivery", "events"));
        mayUse.put("push", with(job, "delivery", "events", "trigger"));
        mayUse.put("step", with(job, "delivery", "events", "trigger"));
        mayUse.put("view", with(job, "controller", "delivery", "events", "trigger", "push"));
        return mayUse;
    }

    private static Set<String> with(Set<String> packages, String... more) {
        return Stream.concat(packages.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    private static String pattern(String name) {
        return HERE + "." + name;
    }

    @Test
    void theClassesUnderTestAreFound() {
        assertTrue(CLASSES.contain(HERE + ".check.ImageChecker"));
        assertTrue(CLASSES.contain(HERE + ".ledger.JobLedger"));
        assertTrue(CLASSES.stream().noneMatch(one -> one.getSimpleName().equals("ArchitectureTest")));
    }

    @Test
    void eachPackageUsesOnlyThePackagesBelowIt() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : MAY_USE.keySet()) {
            layers = layers.optionalLayer(name).definedBy(pattern(name));
        }
        for (Map.Entry<String, Set<String>> layer : MAY_USE.entrySet()) {
            layers = layer.getValue().isEmpty()
                    ? layers.whereLayer(layer.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(layer.getKey())
                            .mayOnlyAccessLayers(layer.getValue().toArray(String[]::new));
        }
        layers.check(CLASSES);
    }

    @Test
    void everyPackageIsInALayer() {
        Set<String> outside = CLASSES.stream()
                .filter(resideOutsideOfPackages(
                        MAY_USE.keySet().stream().map(ArchitectureTest::pattern).toArray(String[]::new)))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertEquals(Set.of(), outside);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(HERE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesWithoutJenkinsUseNoJenkinsClass() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        FREE_OF_JENKINS.stream().map(ArchitectureTest::pattern).toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "jenkins..", "hudson..", "org.jenkinsci..", "com.cloudbees..", "org.kohsuke..")
                        .or(resideInAPackage("io.jenkins..").and(resideOutsideOfPackage(HERE + ".."))))
                .check(CLASSES);
    }
}
