package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.controller.ImagePlace;
import io.jenkins.plugins.imageupdate.controller.JenkinsImages;
import io.jenkins.plugins.imageupdate.controller.JenkinsImagesConfiguration;
import io.jenkins.plugins.imageupdate.trigger.EventHearing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of all watched images of all jobs, and of those that Jenkins itself runs on, under Manage Jenkins. */
@Extension
@ExportedBean
public final class ImagesLink extends ManagementLink implements StaplerProxy {
    /** How many images that are not watched the page names. The remote API has all. */
    private static final int MOST_LINES = 100;

    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(getRequiredPermission()) ? "symbol-cube" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ImagesLink_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.ImagesLink_Description();
    }

    @Override
    public String getUrlName() {
        return "image-updates";
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** For the page and for the remote API. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(getRequiredPermission());
        return this;
    }

    /** The table for the request's query. */
    @Exported(inline = true)
    public ImagesTable getTable() {
        return new ImagesTable(ImagesQuery.of(Stapler.getCurrentRequest2()));
    }

    /** Which images that Jenkins runs on are not watched, and why. */
    @Exported
    public List<String> getNotWatched() {
        return JenkinsImages.get().notWatched();
    }

    /** The first of them, for the page. */
    public List<String> getFirstNotWatched() {
        List<String> all = getNotWatched();
        return all.subList(0, Math.min(all.size(), MOST_LINES));
    }

    /** Whether the images that Jenkins runs on are checked. */
    public boolean isScheduled() {
        return JenkinsImagesConfiguration.get().getSpec() != null;
    }

    /** Whether the images that Jenkins runs on are being checked. */
    @Exported
    public boolean isChecking() {
        return JenkinsImages.get().checking();
    }

    /** Whether the user may check the images that Jenkins runs on, and mark them as current. */
    public boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Whether images of agents have moved. */
    public boolean isMarkable() {
        return JenkinsImages.get().images().stream().anyMatch(ImagePlace::markable);
    }

    /** Checks the images that Jenkins runs on now, in the background. */
    @RequirePOST
    public HttpResponse doCheckJenkinsImages() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JenkinsImages.get().check();
        return new HttpRedirect(".");
    }

    /**
     * Says that agents run the images that are there now.
     *
     * @param image {@link ImageRow#getId}; empty for every image
     */
    @RequirePOST
    public HttpResponse doMarkCurrent(@QueryParameter String image) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String wanted = Util.fixEmptyAndTrim(image);
        try {
            JenkinsImages.get().markCurrent(one -> wanted == null || one.id().equals(wanted));
        } catch (IOException e) {
            throw new Failure(Messages.ImagesLink_NotRecorded(e.getMessage()));
        }
        return new HttpRedirect(".");
    }

    /** Sources of push events, empty if none is configured. */
    public List<PushEventRow> getPushEvents() {
        return PushEventRow.all();
    }

    /** Registries whose images schedules check rarely now, with the interval in words. */
    public Map<String, String> getReconciled() {
        Map<String, String> intervals = new TreeMap<>();
        if (EventHearing.any()) {
            RegistriesConfiguration.get().getRegistries().stream()
                    .filter(registry -> registry.getReconcileMinutes() > 0)
                    .forEach(registry -> intervals.put(
                            registry.getPrefix(),
                            Util.getTimeSpanString(TimeUnit.MINUTES.toMillis(registry.getReconcileMinutes()))));
        }
        return intervals;
    }

    public Api getApi() {
        return new Api(this);
    }
}
