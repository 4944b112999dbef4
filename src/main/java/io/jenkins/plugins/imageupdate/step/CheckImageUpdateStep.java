package io.jenkins.plugins.imageupdate.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.imageupdate.check.MinimumAge;
import io.jenkins.plugins.imageupdate.config.TextList;
import io.jenkins.plugins.imageupdate.job.ImageForm;
import io.jenkins.plugins.imageupdate.ledger.Since;
import io.jenkins.plugins.imageupdate.policy.NoTagSelection;
import io.jenkins.plugins.imageupdate.policy.TagSelection;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code checkImageUpdate('gcr.io/p/app:stable')}: asks the registry whether images changed since this job last looked. */
public final class CheckImageUpdateStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String LAST_SUCCESS = "lastSuccess";
    static final String LAST_CHECK = "lastCheck";

    private String image;
    private ArrayList<String> images;
    private String credentialsId;
    private String platform;
    private TagSelection tags;
    private String since;
    private String dockerfile;
    private String manifests;
    private String target;
    private ArrayList<String> buildArgs;
    private ArrayList<String> buildContexts;
    private ArrayList<String> downstreamJobs;
    private boolean failOnError = true;
    private boolean preview;
    private String minimumAge;

    /** For {@code checkImageUpdate('gcr.io/p/app:stable')}: the only parameter of a constructor can be written without a name. */
    @DataBoundConstructor
    public CheckImageUpdateStep(@CheckForNull String image) {
        setImage(image);
    }

    @CheckForNull
    public String getImage() {
        return image;
    }

    /** A setter beside the constructor: without it, Declarative Pipelines would require the parameter, also with {@code dockerfile}. */
    @DataBoundSetter
    public final void setImage(@CheckForNull String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** More images. Null for none. */
    @CheckForNull
    public List<String> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(@CheckForNull List<String> images) {
        this.images = orNull(images);
    }

    /** As one text for the form. */
    public String getImagesText() {
        return text(images, "\n");
    }

    /** Names or Ant globs of Dockerfiles in the workspace, separated by commas. Their base images are checked. Null for none. */
    @CheckForNull
    public String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(@CheckForNull String dockerfile) {
        this.dockerfile = Util.fixEmptyAndTrim(dockerfile);
    }

    /** As {@link #getDockerfile}, for Compose and Kubernetes files. All images that they name are checked. */
    @CheckForNull
    public String getManifests() {
        return manifests;
    }

    @DataBoundSetter
    public void setManifests(@CheckForNull String manifests) {
        this.manifests = Util.fixEmptyAndTrim(manifests);
    }

    /** The stage to build, as with {@code docker build --target}. Null for all stages. */
    @CheckForNull
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(@CheckForNull String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    /** {@code NAME=value} each, as with {@code docker build --build-arg}. Null for none. */
    @CheckForNull
    public List<String> getBuildArgs() {
        return buildArgs;
    }

    @DataBoundSetter
    public void setBuildArgs(@CheckForNull List<String> buildArgs) {
        this.buildArgs = linesOrNull(buildArgs);
    }

    public String getBuildArgsText() {
        return text(buildArgs, "\n");
    }

    /** {@code NAME=context} each, as with {@code docker build --build-context}. Null for none. */
    @CheckForNull
    public List<String> getBuildContexts() {
        return buildContexts;
    }

    @DataBoundSetter
    public void setBuildContexts(@CheckForNull List<String> buildContexts) {
        this.buildContexts = linesOrNull(buildContexts);
    }

    public String getBuildContextsText() {
        return text(buildContexts, "\n");
    }

    boolean readsWorkspace() {
        return dockerfile != null || manifests != null;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
    }

    /** Which tags of the repositories count. Null for the tags of the references. */
    @CheckForNull
    public TagSelection getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(@CheckForNull TagSelection tags) {
        this.tags = NoTagSelection.orNull(tags);
    }

    public String getSince() {
        return Objects.requireNonNullElse(since, LAST_SUCCESS);
    }

    @DataBoundSetter
    public void setSince(@CheckForNull String since) {
        String given = Util.fixEmptyAndTrim(since);
        this.since = LAST_SUCCESS.equals(given) ? null : given;
    }

    /** Refuses a value that is not valid. The setter does not: Pipeline shows its exceptions as stack traces. */
    Since since() throws AbortException {
        return switch (getSince()) {
            case LAST_SUCCESS -> Since.LAST_SUCCESS;
            case LAST_CHECK -> Since.LAST_CHECK;
            default -> throw new AbortException(Messages.CheckImageUpdateStep_Since(getSince()));
        };
    }

    /** Null for none. */
    @CheckForNull
    public List<String> getDownstreamJobs() {
        return downstreamJobs;
    }

    @DataBoundSetter
    public void setDownstreamJobs(@CheckForNull List<String> downstreamJobs) {
        this.downstreamJobs = orNull(downstreamJobs);
    }

    /** As one text for the form. */
    public String getDownstreamJobsText() {
        return text(downstreamJobs, ", ");
    }

    public boolean isFailOnError() {
        return failOnError;
    }

    @DataBoundSetter
    public void setFailOnError(boolean failOnError) {
        this.failOnError = failOnError;
    }

    /** Whether the step only shows which tags the policy would choose now, and records nothing. */
    public boolean isPreview() {
        return preview;
    }

    @DataBoundSetter
    public void setPreview(boolean preview) {
        this.preview = preview;
    }

    /** How long a digest must be known before it counts, such as {@code 3d}. Null for what the registry's entry says. */
    @CheckForNull
    public String getMinimumAge() {
        return minimumAge;
    }

    /** {@link #requireMinimumAge} refuses what is not valid: Pipeline shows exceptions of setters as stack traces. */
    @DataBoundSetter
    public void setMinimumAge(@CheckForNull String minimumAge) {
        this.minimumAge = Util.fixEmptyAndTrim(minimumAge);
    }

    void requireMinimumAge() throws AbortException {
        try {
            MinimumAge.parse(minimumAge);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @CheckForNull
    private static ArrayList<String> orNull(@CheckForNull List<String> written) {
        List<String> split = TextList.split(written);
        return split.isEmpty() ? null : new ArrayList<>(split);
    }

    /** For items that may contain commas. */
    @CheckForNull
    private static ArrayList<String> linesOrNull(@CheckForNull List<String> written) {
        List<String> lines = TextList.lines(written);
        return lines.isEmpty() ? null : new ArrayList<>(lines);
    }

    /** As one text for a form. */
    private static String text(@CheckForNull List<String> list, String between) {
        return list == null ? "" : String.join(between, list);
    }

    /** All references of {@code image} and {@code images}. */
    List<String> references() {
        List<String> references = new ArrayList<>();
        if (image != null) {
            references.add(image);
        }
        if (images != null) {
            references.addAll(images);
        }
        return references;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CheckImageUpdateExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "checkImageUpdate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CheckImageUpdateStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> arguments) {
            Object image = arguments.get("image");
            return image == null ? super.argumentsToString(arguments) : String.valueOf(image);
        }

        /** The default of the drop-down. */
        public Descriptor<TagSelection> getNoTagSelection() {
            return ExtensionList.lookupSingleton(NoTagSelection.DescriptorImpl.class);
        }

        @POST
        public FormValidation doCheckImage(@QueryParameter String value, @QueryParameter String images) {
            boolean otherwiseNamed = Util.fixEmptyAndTrim(value) == null && Util.fixEmptyAndTrim(images) != null;
            return otherwiseNamed ? FormValidation.ok() : ImageForm.checkReference(value);
        }

        @POST
        public FormValidation doCheckImages(@QueryParameter String value) {
            return TextList.split(value).stream()
                    .map(ImageForm::checkReference)
                    .filter(validation -> validation.kind != FormValidation.Kind.OK)
                    .findFirst()
                    .orElse(FormValidation.ok());
        }

        @POST
        public ComboBoxModel doFillPlatformItems() {
            return ImageForm.platforms();
        }

        @POST
        public FormValidation doCheckPlatform(@QueryParameter String value) {
            return ImageForm.checkPlatform(value);
        }

        @POST
        public FormValidation doCheckMinimumAge(@QueryParameter String value) {
            return ImageForm.checkMinimumAge(value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String image) {
            return ImageForm.credentials(item, credentialsId, image);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String image) {
            return ImageForm.checkCredentials(item, value, image);
        }

        @POST
        public ListBoxModel doFillSinceItems() {
            ListBoxModel choices = new ListBoxModel();
            choices.add(Messages.CheckImageUpdateStep_LastSuccess(), LAST_SUCCESS);
            choices.add(Messages.CheckImageUpdateStep_LastCheck(), LAST_CHECK);
            return choices;
        }

        @POST
        public FormValidation doCheckDownstreamJobs(@AncestorInPath Item item, @QueryParameter String value) {
            return ImageForm.checkJobs(item, value);
        }

        public AutoCompletionCandidates doAutoCompleteDownstreamJobs(
                @AncestorInPath Item item, @QueryParameter String value) {
            return AutoCompletionCandidates.ofJobNames(Job.class, value, item, item == null ? null : item.getParent());
        }
    }
}
