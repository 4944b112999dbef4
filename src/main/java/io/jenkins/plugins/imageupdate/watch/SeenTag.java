package io.jenkins.plugins.imageupdate.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.ResolvedImage;

/**
 * One tag as a check saw it.
 *
 * @param tag null for the one that is written on the image
 * @param resolved what it points at; null for one that was recorded before and is gone
 */
public record SeenTag(
        @CheckForNull String tag, @CheckForNull ResolvedImage resolved) {
    boolean gone() {
        return resolved == null;
    }
}
