package io.jenkins.plugins.imageupdate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import hudson.FilePath;
import io.jenkins.plugins.imageupdate.testing.MainClasses;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.remoting.RoleSensitive;
import org.junit.jupiter.api.Test;

/** No code of the plugin runs on an agent, and agents cannot call the controller through the plugin. */
class AgentsTest {
    /** By core's own code, which asks the agent for names and bytes. */
    private static final Set<String> READ_WORKSPACES = Set.of(
            "WorkspaceImages#child",
            "WorkspaceImages#exists",
            "WorkspaceImages#getRemote",
            "WorkspaceImages#isDescendant",
            "WorkspaceImages#isDirectory",
            "WorkspaceImages#list",
            "WorkspaceImages#read");

    private final JavaClasses classes = MainClasses.of("io.jenkins.plugins.imageupdate");

    private Set<String> depending(String... packages) {
        return classes.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use ->
                                Set.of(packages).contains(use.getTargetClass().getPackageName())
                                        || Set.of(packages)
                                                .contains(use.getTargetClass().getFullName())))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A Callable's code runs at the other end of a channel; every kind of it is role-sensitive. */
    @Test
    void noClassIsSentToRunElsewhere() {
        assertTrue(classes.size() > 50);
        assertEquals(
                Set.of(),
                classes.stream()
                        .filter(type -> type.isAssignableTo(RoleSensitive.class))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void noClassKnowsChannels() {
        assertEquals(
                Set.of(), depending("hudson.remoting", "jenkins.security.MasterToSlaveCallable", "jenkins.agents"));
    }

    @Test
    void workspacesAreReadInThisWayOnly() {
        assertEquals(
                READ_WORKSPACES,
                classes.stream()
                        .flatMap(type -> type.getCodeUnitCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(FilePath.class))
                        .map(call -> call.getOriginOwner().getSimpleName() + "#" + call.getName())
                        .collect(Collectors.toSet()));
    }
}
