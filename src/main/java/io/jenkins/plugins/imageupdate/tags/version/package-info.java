/**
 * Reads the names of tags as versions and dates, and compares them. What a policy then chooses is not decided here.
 *
 * <p>{@link io.jenkins.plugins.imageupdate.tags.version.TagVersion} reads the tags that people really use. Numbers and pre-releases are
 * compared as in
 * <a href="https://semver.org/#spec-item-11">SemVer 2.0.0, 11</a>. These rules are for what people add to that:
 *
 * <ul>
 *   <li>{@code v1.2} is 1.2.0, {@code 2024.01} is 2024.1.0. Of {@code 1.25} and {@code 1.25.0} the one with more numbers counts, since
 *       the other one moves.
 *   <li>Pre-releases are {@code alpha}, {@code beta}, {@code rc}, {@code cr}, {@code pre}, {@code preview}, {@code milestone},
 *       {@code m1}, {@code ea} and {@code snapshot}, with or without a number, with or without a dash before it ({@code 12-beta3},
 *       {@code 3.15.0a2}, {@code 4.0.0.RC1}). {@code rc10} is newer than {@code rc9}.
 *   <li>Every other suffix is a <em>variant</em>, such as {@code -alpine}, {@code -slim-bookworm} or {@code -lts-jdk21}: another image,
 *       neither older nor newer. Only tags of one variant are compared: of the variant that the policy names, otherwise of the variant of
 *       the tag written on the image. With {@code nginx:1.25-alpine} the policy {@code 1.x} never leads away from Alpine.
 *   <li>A number behind the version is a revision and newer than the version alone: {@code 21.0.5_11}, {@code 1.2.3-1},
 *       {@code 9.4-949.1714662671}, {@code 1.2.3-debian-12-r3}, {@code 1.31.2-eksbuild.3}.
 *   <li>Other numbers in a suffix count or name a variant. The repository's own list shows which
 *       ({@link io.jenkins.plugins.imageupdate.tags.version.NumberUse}): {@code ls209} differs in each tag, many tags share {@code jdk17}.
 *   <li>A commit is not compared ({@link io.jenkins.plugins.imageupdate.tags.version.Commit}). Numbers with a commit, as in
 *       <a href="https://github.com/jenkinsci/jep/blob/master/jep/229/README.adoc">JEP-229</a>, are a numbering of their own.
 *   <li>Numberings are never mixed ({@link io.jenkins.plugins.imageupdate.tags.version.Numbering}): with {@code alpine:3.21} the range
 *       {@code >=3} never leads to Alpine's {@code 20240606}. Tags that were not compared are reported.
 *   <li>If the policy allows the tag written on the image, an older tag is never chosen.
 * </ul>
 *
 * Ranges are those of npm ({@code >=1.4 <2}, {@code ~1.2}, {@code ^1}, {@code 1.x}, {@code 1.2 - 1.4}, {@code ||}). A range contains a
 * pre-release only if it names a pre-release of the same version.
 */
package io.jenkins.plugins.imageupdate.tags.version;
