package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Digest;

/**
 * What a build really ran, compared with the tag.
 *
 * @param build number of the build
 * @param outdated the first digest that is neither the tag's own nor that of one of its platforms; null if there is none
 */
public record Ran(int build, @CheckForNull Digest outdated) {}
