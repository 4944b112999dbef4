package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Api;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.imageupdate.config.RegistriesConfiguration;
import io.jenkins.plugins.imageupdate.trigger.EventHearing;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page of all watched images of all jobs, under Manage Jenkins. */
@Extension
@ExportedBean
public final class ImagesLink extends ManagementLink implements StaplerProxy {
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
