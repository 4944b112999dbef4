package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.imageupdate.config.ControllerHttp;
import io.jenkins.plugins.imageupdate.registry.http.Quota;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The rate limit that a registry last reported, for pages and the remote API. */
@ExportedBean(defaultVisibility = 2)
public final class QuotaRow {
    private final String registry;
    private final Quota quota;

    private QuotaRow(String registry, Quota quota) {
        this.registry = registry;
        this.quota = quota;
    }

    /** Null if the registry did not report a limit, or long ago. */
    @CheckForNull
    static QuotaRow of(String registry) {
        Quota quota = ControllerHttp.get().quota(registry);
        return quota == null ? null : new QuotaRow(registry, quota);
    }

    @CheckForNull
    private static Long said(long number) {
        return number < 0 ? null : number;
    }

    @Exported
    public String getRegistry() {
        return registry;
    }

    @Exported
    @CheckForNull
    public Long getLimit() {
        return said(quota.limit());
    }

    @Exported
    @CheckForNull
    public Long getRemaining() {
        return said(quota.remaining());
    }

    @Exported
    @CheckForNull
    public Long getWindowSeconds() {
        return said(quota.windowSeconds());
    }

    @Exported
    @CheckForNull
    public Long getRenews() {
        Instant renews = quota.renews();
        return renews == null ? null : renews.toEpochMilli();
    }

    @Exported
    public long getHeard() {
        return quota.heard().toEpochMilli();
    }

    public String getWords() {
        if (quota.remaining() < 0) {
            return Messages.QuotaRow_Limit(quota.limit());
        }
        return quota.limit() < 0
                ? Messages.QuotaRow_Remaining(quota.remaining())
                : Messages.QuotaRow_RemainingOf(quota.remaining(), quota.limit());
    }

    /** In words. Null if the registry did not say. */
    @CheckForNull
    public String getWindow() {
        Long seconds = getWindowSeconds();
        return seconds == null ? null : Util.getTimeSpanString(TimeUnit.SECONDS.toMillis(seconds));
    }

    @CheckForNull
    public When getRenewsAt() {
        return When.of(quota.renews());
    }

    public When getHeardAt() {
        return When.of(quota.heard());
    }
}
