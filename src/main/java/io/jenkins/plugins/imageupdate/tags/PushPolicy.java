package io.jenkins.plugins.imageupdate.tags;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Push;
import io.jenkins.plugins.imageupdate.registry.TagList;
import java.time.Instant;
import java.util.Comparator;

/**
 * The tag whose digest was pushed last. Only Google's registries tell that. The time is that of the digest, so tags that point at the same
 * digest have the same time: of these, the tag on the image counts, otherwise the first in the alphabet.
 */
record PushPolicy(TagFilter filter) implements TagPolicy {
    @Override
    public TagChoice choose(TagList tags, @CheckForNull String written) {
        Selection<Instant> selection = new Selection<>(this, Comparator.naturalOrder());
        return selection.choose(tags, Written.withoutSeries(written, ""), tag -> {
            Push push = tags.pushes().get(tag);
            return push == null
                    ? Verdict.not("of which the registry does not tell when they were pushed")
                    : Verdict.ranked(push.at());
        });
    }

    @Override
    public TagPolicy withMax(int max) {
        return new PushPolicy(filter.withMax(max));
    }

    @Override
    public String key() {
        return new PolicyKey("newest", "push").with(filter).toString();
    }

    @Override
    public String describe() {
        return "newest by the time of its push" + filter.describe();
    }
}
