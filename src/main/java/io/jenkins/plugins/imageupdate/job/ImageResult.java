package io.jenkins.plugins.imageupdate.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.watch.ImageChange;
import io.jenkins.plugins.imageupdate.watch.ImageUpdate;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.ClassAttributeBehaviour;
import org.kohsuke.stapler.export.ExportConfig;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.ModelBuilder;
import org.kohsuke.stapler.export.Property;
import org.kohsuke.stapler.export.TreePruner;

/** The result of one image's check, as Pipelines, the environment, causes, the remote API and pages see it. */
@ExportedBean(defaultVisibility = 3)
public final class ImageResult implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ModelBuilder MODELS = new ModelBuilder();

    private final ImageUpdate update;

    public ImageResult(ImageUpdate update) {
        this.update = update;
    }

    public static List<ImageResult> of(Collection<ImageUpdate> updates) {
        return updates.stream().map(ImageResult::new).toList();
    }

    /**
     * A JSON array for a build's environment: the exported properties, without those that hold text of a registry, an image or a user. The
     * others are names, tags and digests, which have no characters that a shell interprets.
     */
    public static String toJson(Collection<ImageUpdate> updates) {
        return of(updates).stream().map(ImageResult::toJson).collect(Collectors.joining(",", "[", "]"));
    }

    private String toJson() {
        try {
            StringWriter json = new StringWriter();
            ExportConfig config =
                    new ExportConfig().withFlavor(Flavor.JSON).withClassAttribute(ClassAttributeBehaviour.NONE);
            MODELS.get(ImageResult.class)
                    .writeTo(this, new WithoutFreeText(), Flavor.JSON.createDataWriter(this, json, config));
            return json.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class WithoutFreeText extends TreePruner {
        private static final Set<String> FREE_TEXT = Set.of("change", "compareLink", "credentialsId", "failure");

        @Override
        @CheckForNull
        public TreePruner accept(Object node, Property property) {
            return FREE_TEXT.contains(property.name) ? null : this;
        }
    }

    /** What was compared. Not exported. */
    public ImageUpdate update() {
        return update;
    }

    /** The image in full: {@code docker.io/library/nginx:latest} for {@code nginx}. */
    @Exported
    @Whitelisted
    public String getImage() {
        return update.image();
    }

    /** The tag, which a policy may have chosen. Empty if the image is named by digest alone. */
    @Exported
    @Whitelisted
    public String getTag() {
        return update.tag();
    }

    /** The tag of the previous digest. Null without a policy. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousTag() {
        return update.previousTag();
    }

    /** The tags that are new. Empty without an update. The newest one that is new or moved names the image. */
    @Exported
    @Whitelisted
    public List<String> getNewTags() {
        return new ArrayList<>(update.newTags());
    }

    /** The tags whose digest has changed. Empty without an update. */
    @Exported
    @Whitelisted
    public List<String> getMovedTags() {
        return new ArrayList<>(update.movedTags());
    }

    /** The tags that counted before and that the registry no longer has. */
    @Exported
    @Whitelisted
    public List<String> getGoneTags() {
        return new ArrayList<>(update.goneTags());
    }

    /** {@code NEW}, {@code UPDATED}, {@code UNCHANGED}, {@code REMOVED} or {@code FAILED}. */
    @Exported
    @Whitelisted
    public String getStatus() {
        return update.status().name();
    }

    @Exported
    @CheckForNull
    @Whitelisted
    public String getPlatform() {
        return update.platform();
    }

    /** The digest that decides: the platform's if a platform was asked for, otherwise the image's. Null if none was seen. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getDigest() {
        return update.effectiveDigest();
    }

    /** What {@link #getDigest} was before. Null if nothing was recorded. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousDigest() {
        return update.effectivePreviousDigest();
    }

    /** The digest of the image index. Null if no platform was asked for. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getIndexDigest() {
        return update.platformDigest() == null ? null : update.digest();
    }

    /** What {@link #getIndexDigest} was before. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousIndexDigest() {
        return update.previousPlatformDigest() == null ? null : update.previousDigest();
    }

    /** The image as a Dockerfile pins it for every platform, {@code name:tag@sha256:…}. Null if no digest was seen. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPinned() {
        return update.pinned();
    }

    /** The id of the credential that was used. Null for none, and if it was not recorded. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getCredentialsId() {
        // Another plugin's credential may have any text as id.
        String id = update.credentialsId();
        return id == null ? null : Printable.of(id);
    }

    /** Why the check failed and what to do about it, in one line. Null if the check did not fail. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getFailure() {
        return update.failure();
    }

    /** The kind of failure, such as {@code FORBIDDEN}. Null if the check did not fail. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getFailureKind() {
        return update.failureKind();
    }

    /** What the update changed, in one line such as {@code version 1.4.2 → 1.4.3}. Null if it is not known. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getChange() {
        ImageChange change = update.change();
        return change == null || change.summary().isEmpty() ? null : change.summary();
    }

    /** The page of a known forge that shows what changed in the sources. Null if there is none. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getCompareLink() {
        ImageChange change = update.change();
        return change == null ? null : change.compareLink();
    }

    @Override
    @Whitelisted
    public String toString() {
        return update.story();
    }
}
