package io.jenkins.plugins.imageupdate.tags;

/**
 * A tag that does not count.
 *
 * @param reason in a few words, such as {@code variant alpine} or {@code not in the range}
 */
public record LeftOut(String tag, String reason) {
    @Override
    public String toString() {
        return tag + " (" + reason + ")";
    }
}
