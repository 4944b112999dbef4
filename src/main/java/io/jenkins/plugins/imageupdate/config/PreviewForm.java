package io.jenkins.plugins.imageupdate.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.FormValidation;
import io.jenkins.plugins.imageupdate.check.Preview;
import io.jenkins.plugins.imageupdate.check.WatchedImage;
import io.jenkins.plugins.imageupdate.credentials.RegistryCredentials;
import io.jenkins.plugins.imageupdate.registry.Failure;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.tags.TagPreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The answer of a form's button "Preview": what a tag policy would choose now. It asks only what the job's trigger could ask: with the
 * registry's saved settings, and with a credential that the job may use.
 */
public final class PreviewForm {
    /** Each waits for a registry with a thread of the web server. */
    private static final Semaphore PLACES = new Semaphore(10);

    private PreviewForm() {}

    /**
     * Checks the permission to configure the job.
     *
     * @param item the job whose form it is; any other item, or null, has no credentials to ask with
     * @param reference what is in the form, as is the credential's id
     */
    public static FormValidation show(
            @CheckForNull Item item,
            @CheckForNull String reference,
            @CheckForNull String credentialsId,
            TagPolicy policy)
            throws InterruptedException {
        if (!(item instanceof Job<?, ?> job)) {
            return FormValidation.error(Messages.PreviewForm_NoJob());
        }
        job.checkPermission(Item.CONFIGURE);
        if (Util.fixEmptyAndTrim(reference) == null) {
            return FormValidation.error(Messages.PreviewForm_NoImage());
        }
        if (!PLACES.tryAcquire()) {
            return FormValidation.error(Messages.PreviewForm_Busy());
        }
        try {
            long start = System.nanoTime();
            Preview preview =
                    ask(job, WatchedImage.parse(reference, null), Util.fixEmptyAndTrim(credentialsId), policy);
            return validation(preview, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        } finally {
            PLACES.release();
        }
    }

    private static Preview ask(Job<?, ?> job, WatchedImage image, @CheckForNull String credentialsId, TagPolicy policy)
            throws InterruptedException {
        RegistryAccess access = RegistryAccess.of(image.reference(), credentialsId);
        try {
            RegistryEndpoint endpoint = access.endpoint();
            Authentication authentication =
                    access.authentication(job, (id, host) -> RegistryCredentials.ofJob(job, id, host));
            return FormAnswer.of(
                    ControllerHttp.get().checker().preview(image, policy, endpoint, authentication),
                    endpoint.timeout());
        } catch (RegistryException e) {
            String id = access.credentialsId();
            return new Preview(image, null, id, e.toFailure(image.reference().toString(), id));
        }
    }

    /** A warning if nothing newer can be found. */
    private static FormValidation validation(Preview preview, long millis) {
        String id = preview.credentialsId();
        TagPreview tags = preview.tags();
        if (tags == null) {
            Failure failure = Objects.requireNonNull(preview.failure());
            return ConnectionTest.failed(failure, id);
        }
        List<FormValidation> lines = new ArrayList<>();
        String asked = Messages.PreviewForm_Asked(preview.image().reference(), ConnectionTest.who(id), millis);
        boolean finds = !tags.chosen().isEmpty() && tags.nearest().isEmpty();
        lines.add(finds ? FormValidation.ok(asked) : FormValidation.warning(asked));
        tags.sentences().forEach(sentence -> lines.add(FormValidation.ok(sentence)));
        return FormValidation.aggregate(lines);
    }
}
