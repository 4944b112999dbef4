package io.jenkins.plugins.imageupdate.registry;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.jenkins.plugins.imageupdate.testing.MainClasses;
import org.junit.jupiter.api.Test;

class RegistryLayersTest {
    private static final String HERE = RegistryLayersTest.class.getPackageName();

    private final JavaClasses classes = MainClasses.of(HERE);

    @Test
    void everyPackageUsesOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("registry")
                .definedBy(HERE)
                .layer("http")
                .definedBy(HERE + ".http")
                .layer("auth")
                .definedBy(HERE + ".auth")
                .layer("google")
                .definedBy(HERE + ".auth.google")
                .whereLayer("google")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("auth")
                .mayOnlyBeAccessedByLayers("google")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("auth", "google")
                .ensureAllClassesAreContainedInArchitecture()
                .check(classes);
    }

    @Test
    void noTwoPackagesUseEachOther() {
        slices().matching("io.jenkins.plugins.imageupdate.(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }
}
