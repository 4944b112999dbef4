package io.jenkins.plugins.imageupdate.testing;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes that are shipped, for rules about the code. */
public final class MainClasses {
    private MainClasses() {}

    /**
     * Reads the classes of a package and of those below it. Leaves out tests, in whatever folder they are built: ArchUnit itself knows only
     * {@code target/test-classes}.
     */
    public static JavaClasses of(String packageName) {
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages(packageName);
    }
}
