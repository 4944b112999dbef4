package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.config.RegistryAccess;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.credentials.CredentialsChoice;
import io.jenkins.plugins.imageupdate.credentials.LoginTarget;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.Platform;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.Collection;
import jenkins.model.ParameterizedJobMixIn;

/** Checks that the forms of the trigger and of the step share. They neither ask a registry nor read a secret. */
public final class ImageForm {
    private ImageForm() {}

    public static FormValidation checkReference(@CheckForNull String value) {
        return check(value, ImageReference::parse);
    }

    public static FormValidation checkPlatform(@CheckForNull String value) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : check(value, Platform::parse);
    }

    public static FormValidation checkMinimumAge(@CheckForNull String value) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : check(value, MinimumAge::parse);
    }

    /** Platforms to choose from. Users may type others. */
    public static ComboBoxModel platforms() {
        return new ComboBoxModel(
                "linux/amd64",
                "linux/arm64",
                "linux/arm/v7",
                "linux/386",
                "linux/ppc64le",
                "linux/riscv64",
                "linux/s390x",
                "windows/amd64");
    }

    private interface Parser {
        Object parse(String text);
    }

    private static FormValidation check(@CheckForNull String value, Parser parser) {
        try {
            parser.parse(Util.fixNull(value));
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** @param item the job that is configured, null if there is none: then administrators only see credentials */
    public static ListBoxModel credentials(@CheckForNull Item item, String current, @CheckForNull String reference) {
        return CredentialsChoice.list(item, current, target(item, reference));
    }

    public static FormValidation checkCredentials(
            @CheckForNull Item item, String credentialsId, @CheckForNull String reference) {
        return CredentialsChoice.check(item, credentialsId, target(item, reference));
    }

    private static LoginTarget target(@CheckForNull Item item, @CheckForNull String reference) {
        try {
            return RegistryAccess.of(ImageReference.parse(Util.fixNull(reference)), null)
                    .target(item);
        } catch (IllegalArgumentException e) {
            return LoginTarget.UNKNOWN;
        }
    }

    /** Whether jobs of these names can be started from the job that is configured. */
    public static FormValidation checkJobs(@CheckForNull Item item, @CheckForNull String names) {
        if (item == null || !item.hasPermission(Item.CONFIGURE)) {
            return FormValidation.ok();
        }
        String unusable = unusableJob(item, TextList.split(names));
        return unusable == null ? FormValidation.ok() : FormValidation.error(unusable);
    }

    /** Why one of these names is not that of a job that can be built. Null if all are. Hides jobs that the user may not see. */
    @CheckForNull
    public static String unusableJob(Item from, Collection<String> names) {
        for (String name : names) {
            Item found = VisibleItems.of(name, from);
            if (found == null) {
                return Messages.ImageForm_NoSuchJob(Printable.of(name));
            }
            if (!(found instanceof ParameterizedJobMixIn.ParameterizedJob)) {
                return Messages.ImageForm_NotBuildable(Printable.of(name));
            }
        }
        return null;
    }
}
