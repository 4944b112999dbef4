package io.jenkins.plugins.imageupdate.job;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.check.CheckResult;
import io.jenkins.plugins.imageupdate.check.ImageChange;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The result of one image's check, as Pipelines, the environment, causes, the remote API and pages see it. Wherever it is exported, it has all its
 * properties.
 */
@ExportedBean(defaultVisibility = 999)
public final class ImageResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient CheckResult result;

    public ImageResult(CheckResult result) {
        this.result = Objects.requireNonNull(result);
    }

    public static List<ImageResult> of(Collection<CheckResult> results) {
        return results.stream().map(ImageResult::new).toList();
    }

    /** What was compared. Not exported. */
    public CheckResult result() {
        return result;
    }

    /** The image in full: {@code docker.io/library/nginx:latest} for {@code nginx}. */
    @Exported
    @Whitelisted
    public String getImage() {
        return result.name();
    }

    /** The tag, which a policy may have chosen. Empty if the image is named by digest alone. */
    @Exported
    @Whitelisted
    public String getTag() {
        return result.tag();
    }

    /** The tag of the previous digest. Null without a policy. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousTag() {
        return result.previousTag();
    }

    /** The tags that are new. Empty without an update. The newest one that is new or moved names the image. */
    @Exported
    @Whitelisted
    public List<String> getNewTags() {
        return new ArrayList<>(result.newTags());
    }

    /** The tags whose digest has changed. Empty without an update. */
    @Exported
    @Whitelisted
    public List<String> getMovedTags() {
        return new ArrayList<>(result.movedTags());
    }

    /** The tags that counted before and that the registry no longer has. */
    @Exported
    @Whitelisted
    public List<String> getGoneTags() {
        return new ArrayList<>(result.goneTags());
    }

    /** {@code NEW}, {@code UPDATED}, {@code UNCHANGED}, {@code WAITING}, {@code REMOVED} or {@code FAILED}. */
    @Exported
    @Whitelisted
    public String getStatus() {
        return result.status().name();
    }

    @Exported
    @CheckForNull
    @Whitelisted
    public String getPlatform() {
        return result.platform();
    }

    /** The digest that decides: the platform's if a platform was asked for, otherwise the image's. Null if none was seen. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getDigest() {
        return text(result.digest());
    }

    /** What {@link #getDigest} was before. Null if nothing was recorded. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousDigest() {
        return text(result.previousDigest());
    }

    /** The digest of the image index. Null if no platform was asked for. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getIndexDigest() {
        return text(result.indexDigest());
    }

    /** What {@link #getIndexDigest} was before. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPreviousIndexDigest() {
        return text(result.previousIndexDigest());
    }

    /** When the digest was pushed, by the registry's clock, as ISO 8601. Null if the registry did not tell. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPushed() {
        return text(result.pushed());
    }

    /** When the next digest counts that is too young, as ISO 8601. Null if none waits. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getWaitingUntil() {
        return result.waiting().isEmpty() ? null : text(result.waiting().get(0).until());
    }

    /** The digests that are too young to count, with their tag if a policy chose one: {@code 1.4.3@sha256:…}. */
    @Exported
    @Whitelisted
    public List<String> getWaiting() {
        return new ArrayList<>(result.waiting().stream()
                .map(one -> (one.tag() == null ? "" : one.tag() + "@") + one.digest())
                .toList());
    }

    /** The image as a Dockerfile pins it for every platform, {@code name:tag@sha256:…}. Null if no digest was seen. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getPinned() {
        return result.pinned();
    }

    /** The id of the credential that was used. Null for none, and if it was not recorded. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getCredentialsId() {
        // Another plugin's credential may have any text as id.
        String id = result.credentialsId();
        return id == null ? null : Printable.of(id);
    }

    /** Why the check failed and what to do about it, in one line. Null if the check did not fail. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getFailure() {
        return result.failure();
    }

    /** The kind of failure, such as {@code FORBIDDEN}. Null if the check did not fail. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getFailureKind() {
        return result.failureKind();
    }

    /** What the update changed, in one line such as {@code version 1.4.2 → 1.4.3}. Null if it is not known. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getChange() {
        ImageChange change = result.change();
        return change == null || change.summary().isEmpty() ? null : change.summary();
    }

    /** The page of a known forge that shows what changed in the sources. Null if there is none. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getCompareLink() {
        ImageChange change = result.change();
        return change == null ? null : change.compareLink();
    }

    @CheckForNull
    private static String text(@CheckForNull Object value) {
        return value == null ? null : value.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageResult that && result.equals(that.result);
    }

    @Override
    public int hashCode() {
        return result.hashCode();
    }

    @Override
    @Whitelisted
    public String toString() {
        return result.sentence();
    }

    /** A Pipeline's state keeps it as {@link SavedResult}. */
    private Object writeReplace() {
        return SavedResult.of(result);
    }

    private void readObject(ObjectInputStream stream) throws InvalidObjectException {
        throw new InvalidObjectException("a result is saved in another form");
    }

    /** Builds and the queue keep it as {@link SavedResult} does. Jenkins finds this class by its name. */
    public static final class ConverterImpl implements Converter {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean canConvert(@CheckForNull Class type) {
            return type == ImageResult.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            SavedResult.write(((ImageResult) source).result, writer);
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            return new ImageResult(SavedResult.read(reader));
        }
    }
}
