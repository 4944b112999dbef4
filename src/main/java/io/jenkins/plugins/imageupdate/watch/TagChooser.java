package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.ImageReference;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.TagList;
import io.jenkins.plugins.imageupdate.watch.tags.TagChoice;
import io.jenkins.plugins.imageupdate.watch.tags.TagPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Which tag a policy means now. A newer tag is an update; that the newest one vanished is none, and neither is a list cut short. */
final class TagChooser {
    private final TagPolicy policy;
    private final ImageReference reference;
    private final String known;

    /** @param known the tag that was chosen before, or null */
    TagChooser(TagPolicy policy, ImageReference reference, @CheckForNull String known) {
        this.policy = policy;
        this.reference = reference;
        this.known = known;
    }

    /** Fails with a {@link RegistryException} in a {@link CompletionException} where no tag matches, or the known one is gone. */
    String choose(TagList tags) {
        TagChoice choice = policy.choose(tags, reference.tag());
        String newest = choice.newest()
                .orElseThrow(() -> failed(
                        FailureKind.CONFIGURATION,
                        "no tag of the repository matches (" + policy.describe() + "): " + choice.summary()));
        if (known == null || tags.names().contains(known) || !known.equals(newestWithKnown(tags))) {
            return newest;
        }
        if (tags.truncated()) {
            // It may be in the part of the list that was not read.
            return known;
        }
        throw failed(
                FailureKind.TAG_NOT_FOUND,
                "the tag " + known + ", the newest so far, is gone; the newest is " + newest + " now");
    }

    @CheckForNull
    private String newestWithKnown(TagList tags) {
        List<String> names = new ArrayList<>(tags.names());
        names.add(known);
        return policy.choose(new TagList(names, tags.truncated()), reference.tag())
                .newest()
                .orElse(null);
    }

    private static CompletionException failed(FailureKind kind, String detail) {
        return new CompletionException(new RegistryException(kind, detail));
    }
}
