package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The digests that the tags of one image were seen with, in the order in which the tags came to point at them: the present digest of a tag
 * is its last one. A digest that a tag comes back to takes the last place, and keeps the time since which it is known.
 */
public record SeenDigests(List<SeenDigest> digests) {
    /** How many digests are remembered. They get rarer with their age, so that some are old enough whatever the minimum age is. */
    static final int MOST = 64;

    public static final SeenDigests NONE = new SeenDigests(List.of());

    public SeenDigests {
        if (digests == null || digests.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a seen digest is missing");
        }
        digests = List.copyOf(digests);
    }

    public boolean isEmpty() {
        return digests.isEmpty();
    }

    /** The digests of one tag, the present one last. */
    List<SeenDigest> of(@CheckForNull String tag) {
        return digests.stream()
                .filter(one -> Objects.equals(one.tag().tag(), tag))
                .toList();
    }

    /** The digest that a tag was last seen with. */
    public Optional<TagDigest> present(@CheckForNull String tag) {
        List<SeenDigest> seen = of(tag);
        return seen.isEmpty()
                ? Optional.empty()
                : Optional.of(seen.get(seen.size() - 1).tag());
    }

    /**
     * Adds what a sighting saw. The time of a push counts only for an image that was never seen before: later, an attacker could push an
     * image long before the tag points at it. A push that is later than the first sighting is believed.
     *
     * @param recorded digests that builds know, which are never forgotten
     * @param first whether the image was never seen before
     */
    public SeenDigests with(Sighting seen, Predicate<TagDigest> recorded, boolean first) {
        List<SeenDigest> now = new ArrayList<>(digests);
        Rest rest = seen.rest();
        if (rest != null) {
            now.removeIf(one -> rest.gone().contains(one.tag().whole()) && !recorded.test(one.tag()));
        }
        // A count that was set back, after a crash, must not make a digest wait for the time between again.
        now.replaceAll(one -> one.since() > seen.uptime()
                ? new SeenDigest(one.tag(), one.first(), seen.uptime(), one.released())
                : one);
        TagSet set = seen.tags();
        List<TagDigest> tags = set == null ? List.of() : set.tags();
        for (TagDigest tag : tags) {
            SeenDigest known = now.stream()
                    .filter(one -> one.tag().identical(tag))
                    .findFirst()
                    .orElse(null);
            Duration pushed = sincePush(tag, seen);
            long told = pushed == null ? seen.uptime() : seen.uptime() - pushed.toSeconds();
            if (known == null) {
                now.add(new SeenDigest(tag, seen.at(), first ? told : seen.uptime(), false));
                continue;
            }
            SeenDigest dated = pushed == null ? known : known.notBefore(told);
            if (present(now, tag) == known) {
                now.set(now.indexOf(known), dated);
            } else {
                now.remove(known);
                now.add(dated);
            }
        }
        return new SeenDigests(thinned(now, recorded, seen.uptime()));
    }

    /** How long ago a digest was pushed, by the registry's clock alone; null if that is not known. Never negative. */
    @CheckForNull
    private static Duration sincePush(TagDigest tag, Sighting seen) {
        if (tag.pushed() == null || seen.registryTime() == null) {
            return null;
        }
        Duration since = Duration.between(tag.pushed(), seen.registryTime());
        return since.isNegative() ? Duration.ZERO : since;
    }

    private static SeenDigest present(List<SeenDigest> digests, TagDigest tag) {
        SeenDigest present = null;
        for (SeenDigest one : digests) {
            present = Objects.equals(one.tag().tag(), tag.tag()) ? one : present;
        }
        return present;
    }

    /**
     * Forgets digests that were seen before all that builds know, which do not count any more; then those that are close to their neighbours,
     * compared with their age. The oldest one stays: otherwise none would ever get old
     * if tags move very often. Two that are both older than any minimum age are not needed.
     */
    private static List<SeenDigest> thinned(List<SeenDigest> digests, Predicate<TagDigest> recorded, long uptime) {
        List<SeenDigest> left = new ArrayList<>(digests);
        while (left.size() > MOST
                && !recorded.test(left.get(0).tag())
                && left.stream().anyMatch(one -> recorded.test(one.tag()))) {
            left.remove(0);
        }
        List<SeenDigest> byAge = new ArrayList<>(left);
        byAge.sort(Comparator.comparing((SeenDigest one) -> one.age(uptime)).reversed());
        while (left.size() > MOST) {
            int forgotten = leastMissed(byAge, left, recorded, uptime);
            if (forgotten < 0) {
                break;
            }
            left.remove(byAge.remove(forgotten));
        }
        return left;
    }

    /** Returns the index of the digest that can best be forgotten, -1 if each is needed. */
    private static int leastMissed(
            List<SeenDigest> byAge, List<SeenDigest> inOrder, Predicate<TagDigest> recorded, long uptime) {
        int least = -1;
        double smallest = Double.MAX_VALUE;
        for (int i = 0; i < byAge.size() - 1; i++) {
            SeenDigest one = byAge.get(i);
            double age = one.age(uptime).toSeconds() + 1;
            double gap = byAge.get(Math.max(0, i - 1)).age(uptime).toSeconds()
                    - byAge.get(i + 1).age(uptime).toSeconds();
            boolean oldest = i == 0 && byAge.get(1).age(uptime).compareTo(MinimumAge.MOST) < 0;
            boolean newest = inOrder.get(inOrder.size() - 1) == one;
            boolean needed = oldest || newest || recorded.test(one.tag());
            if (!needed && gap / age < smallest) {
                smallest = gap / age;
                least = i;
            }
        }
        return least;
    }

    /** Lets the present digest of each tag count now. */
    public SeenDigests released() {
        return new SeenDigests(digests.stream()
                .map(one -> present(digests, one.tag()) == one ? one.release() : one)
                .toList());
    }

    /** The digests for another job that watches the image, where no user has let any of them count. */
    public SeenDigests forAnotherJob() {
        return new SeenDigests(digests.stream()
                .map(one -> new SeenDigest(one.tag(), one.first(), one.since(), false))
                .toList());
    }

    /** Returns for how long the first of them is known; zero if there are none. */
    public Duration longest(long uptime) {
        return digests.stream()
                .map(one -> one.age(uptime))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The digests as known since now: their times were measured with another count of the uptime. */
    public SeenDigests since(long uptime) {
        return new SeenDigests(digests.stream()
                .map(one -> new SeenDigest(one.tag(), one.first(), uptime, one.released()))
                .toList());
    }
}
