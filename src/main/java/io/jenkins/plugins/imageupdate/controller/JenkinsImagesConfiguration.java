package io.jenkins.plugins.imageupdate.controller;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import hudson.scheduler.CronTabList;
import hudson.scheduler.Hash;
import hudson.util.FormValidation;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.TimeZone;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** When the images of agents and of the controller are checked. */
@Extension
@Symbol("jenkinsImages")
public final class JenkinsImagesConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private static final Hash HASH = Hash.from("images that Jenkins runs on");

    private String spec;

    public static JenkinsImagesConfiguration get() {
        return ExtensionList.lookupSingleton(JenkinsImagesConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.JenkinsImagesConfiguration_DisplayName();
    }

    /** A schedule in cron syntax, with {@code H}. Null if the images are not checked. */
    @CheckForNull
    public synchronized String getSpec() {
        return spec;
    }

    /** @throws IllegalArgumentException if it is not a valid schedule */
    @DataBoundSetter
    public synchronized void setSpec(@CheckForNull String spec) {
        String given = Util.fixEmptyAndTrim(spec);
        if (given != null) {
            schedule(given);
        }
        this.spec = given;
        save();
        JenkinsImages.get().refresh();
    }

    private static CronTabList schedule(String spec) {
        try {
            return CronTabList.create(spec, HASH);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Messages.JenkinsImagesConfiguration_BadSpec(spec, e.getMessage()));
        }
    }

    /** Whether checks are due in this minute. */
    boolean isDue(Instant minute) {
        String now = getSpec();
        if (now == null) {
            return false;
        }
        Calendar calendar = Calendar.getInstance(TimeZone.getDefault());
        calendar.setTime(Date.from(minute));
        return schedule(now).check(calendar);
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        try {
            setSpec(json.optString("spec"));
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "spec");
        }
        return true;
    }

    @POST
    public FormValidation doCheckSpec(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        String given = Util.fixEmptyAndTrim(value);
        if (given == null) {
            return FormValidation.ok(Messages.JenkinsImagesConfiguration_Off());
        }
        try {
            String unusual = schedule(given).checkSanity();
            return unusual == null ? FormValidation.ok() : FormValidation.warning(unusual);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
