package io.jenkins.plugins.imageupdate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import hudson.model.AutoCompletionCandidates;
import io.jenkins.plugins.imageupdate.testing.MainClasses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** All methods that a browser can call: they require POST and a permission. */
class WebMethodsTest {
    private static final String HERE = "io.jenkins.plugins.imageupdate";
    private static final Set<String> PERMISSION_CHECKS =
            Set.of("checkPermission", "hasPermission", "checkAnyPermission");

    private final JavaClasses classes = MainClasses.of(HERE);

    private List<JavaMethod> webMethods() {
        return classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().matches("do[A-Z].*")
                        && method.getModifiers().contains(JavaModifier.PUBLIC))
                .toList();
    }

    @Test
    void seesTheMethodsItJudges() {
        assertTrue(webMethods().size() >= 15, () -> webMethods().toString());
    }

    /** By GET only completion answers, which says no more than the names of jobs that the user may read. */
    @Test
    void webMethodsRequirePost() {
        for (JavaMethod method : webMethods()) {
            boolean post = method.isAnnotatedWith(POST.class) || method.isAnnotatedWith(RequirePOST.class);
            boolean completion = method.getRawReturnType().isEquivalentTo(AutoCompletionCandidates.class);
            assertTrue(post || completion, method.getFullName());
        }
    }

    @Test
    void webMethodsCheckAPermission() {
        Set<String> without = new HashSet<>();
        for (JavaMethod method : webMethods()) {
            boolean completion = method.getRawReturnType().isEquivalentTo(AutoCompletionCandidates.class);
            if (!completion && !PROVEN.contains(name(method)) && !checks(method, new HashSet<>())) {
                without.add(name(method));
                assertEquals(Set.of(), reached(method, new HashSet<>()), name(method));
            }
        }
        without.removeAll(PURE);
        assertEquals(Set.of(), without);
    }

    /** Callers have no account. What they have to prove in place of it is attacked in EventAttacks. */
    private static final Set<String> PROVEN = Set.of("push.EventReceiver#doDynamic");

    /** They look at the text that they are given and say whether it is well-formed, or list words that are the same for all. */
    private static final Set<String> PURE = Set.of(
            "config.RegistryFormChecks#doCheckAllowedAddresses",
            "config.RegistryFormChecks#doCheckMinimumAge",
            "config.RegistryFormChecks#doCheckMirror",
            "config.RegistryFormChecks#doCheckParallel",
            "config.RegistryFormChecks#doCheckPlainHttp",
            "config.RegistryFormChecks#doCheckReconcileMinutes",
            "config.RegistryFormChecks#doCheckRequestsPerMinute",
            "config.RegistryFormChecks#doCheckServiceAccount",
            "config.RegistryFormChecks#doCheckTimeoutSeconds",
            "policy.NewestTags$DescriptorImpl#doFillByItems",
            "policy.RegexTags$DescriptorImpl#doCheckPattern",
            "policy.RegexTags$DescriptorImpl#doFillSortItems",
            "policy.SemverTags$DescriptorImpl#doCheckRange",
            "policy.TagSelectionDescriptor#doCheckExclude",
            "policy.TagSelectionDescriptor#doCheckInclude",
            "policy.TagSelectionDescriptor#doCheckMax",
            "push.EventSource$DescriptorImpl#doCheckRegistry",
            "push.EventSource$DescriptorImpl#doCheckServiceAccount",
            "push.EventSource$DescriptorImpl#doFillFormatItems",
            "push.EventSubscription$DescriptorImpl#doCheckSubscription",
            "step.CheckImageUpdateStep$DescriptorImpl#doCheckImage",
            "step.CheckImageUpdateStep$DescriptorImpl#doCheckImages",
            "step.CheckImageUpdateStep$DescriptorImpl#doCheckMinimumAge",
            "step.CheckImageUpdateStep$DescriptorImpl#doCheckPlatform",
            "step.CheckImageUpdateStep$DescriptorImpl#doFillPlatformItems",
            "step.CheckImageUpdateStep$DescriptorImpl#doFillSinceItems",
            "trigger.ImageUpdateTrigger$DescriptorImpl#doCheckMinimumAge",
            "trigger.ImageUpdateTrigger$DescriptorImpl#doCheckSpec",
            "trigger.TriggerImage$DescriptorImpl#doCheckMinimumAge",
            "trigger.TriggerImage$DescriptorImpl#doCheckPlatform",
            "trigger.TriggerImage$DescriptorImpl#doCheckReference",
            "trigger.TriggerImage$DescriptorImpl#doFillPlatformItems");

    private static String name(JavaMethod method) {
        return method.getOwner().getFullName().replace(HERE + ".", "") + "#" + method.getName();
    }

    /** What a method without a permission check reaches of Jenkins' objects, of files and of the network. */
    private static Set<String> reached(JavaMethod method, Set<JavaMethod> seen) {
        Set<String> found = new HashSet<>();
        if (!seen.add(method)) {
            return found;
        }
        method.getMethodCallsFromSelf().forEach(call -> {
            String owner = call.getTargetOwner().getFullName();
            boolean harmless = call.getName().equals("get") || call.getName().equals("getDescriptorByType");
            if (owner.equals("jenkins.model.Jenkins") && !harmless
                    || owner.matches(
                            "com\\.cloudbees\\..*|java\\.net\\.http\\..*|java\\.nio\\.file\\..*|java\\.io\\.File.*")) {
                found.add(owner + "#" + call.getName());
            }
            if (owner.startsWith(HERE)) {
                call.getTarget().resolveMember().ifPresent(called -> found.addAll(reached(called, seen)));
            }
        });
        return found;
    }

    private boolean checks(JavaMethod method, Set<JavaMethod> seen) {
        if (!seen.add(method)) {
            return false;
        }
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> PERMISSION_CHECKS.contains(call.getName())
                        || call.getTargetOwner().getPackageName().startsWith(HERE)
                                && call.getTarget()
                                        .resolveMember()
                                        .filter(called -> checks(called, seen))
                                        .isPresent());
    }

    @Test
    void theRulesFindWhatTheyLookFor() {
        JavaClasses bad = new ClassFileImporter().importClasses(Bad.class);
        JavaMethod web = bad.get(Bad.class).getMethod("doSomething");
        assertFalse(checks(web, new HashSet<>()));
        assertFalse(web.isAnnotatedWith(POST.class));
        assertEquals(Set.of("jenkins.model.Jenkins#getItem"), reached(web, new HashSet<>()));
    }

    /** What no class of the plugin may be. */
    static class Bad {
        public Object doSomething() {
            return Jenkins.get().getItem("x");
        }
    }
}
