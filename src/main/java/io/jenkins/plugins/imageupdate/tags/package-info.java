/**
 * Which tags of a repository count, and which of them is the newest, told from their names alone: the list of tags is one request,
 * however many there are.
 *
 * <h2>Versions</h2>
 *
 * {@link io.jenkins.plugins.imageupdate.tags.TagVersion} reads the tags that people really use. Compared are, as
 * <a href="https://semver.org/#spec-item-11">SemVer 2.0.0, 11</a> has it, the numbers and the pre-release; what people add to that is
 * told apart by these rules:
 *
 * <ul>
 *   <li>{@code v1.2} is 1.2.0, {@code 2024.01} is 2024.1.0. Of {@code 1.25} and {@code 1.25.0} the one with more numbers counts, as
 *       the other one moves.
 *   <li>Pre-releases are {@code alpha}, {@code beta}, {@code rc}, {@code cr}, {@code pre}, {@code preview}, {@code milestone},
 *       {@code m1}, {@code ea} and {@code snapshot}, with or without a number, behind a dash or not ({@code 12-beta3},
 *       {@code 3.15.0a2}, {@code 4.0.0.RC1}). {@code rc10} is newer than {@code rc9}.
 *   <li>Every other suffix is a <em>variant</em>, such as {@code -alpine}, {@code -slim-bookworm} or {@code -lts-jdk21}: another image,
 *       neither older nor newer. Only tags of one variant are compared. It is the one that is asked for, else that of the tag
 *       written on the image, else none: with {@code nginx:1.25-alpine} the policy {@code 1.x} never leads away from Alpine.
 *   <li>A number behind the version is a revision and newer than the version alone: {@code 21.0.5_11}, {@code 1.2.3-1},
 *       {@code 9.4-949.1714662671}, {@code 1.2.3-debian-12-r3}, {@code 1.31.2-eksbuild.3}.
 *   <li>Other numbers in a suffix count or name a variant, as the repository's own list tells
 *       ({@link io.jenkins.plugins.imageupdate.tags.NumberUse}): {@code ls209} is another one in each tag, many tags share {@code jdk17}.
 *   <li>A commit is not compared ({@link io.jenkins.plugins.imageupdate.tags.Commit}), and numbers with one, as
 *       <a href="https://github.com/jenkinsci/jep/blob/master/jep/229/README.adoc">JEP-229</a> has them, are a numbering of their own.
 *   <li>Numberings are never mixed ({@link io.jenkins.plugins.imageupdate.tags.Numbering}): with {@code alpine:3.21} the range
 *       {@code >=3} never leads to Alpine's {@code 20240606}. What was not compared is said.
 *   <li>Where the policy allows the tag written on the image, no older one is chosen.
 * </ul>
 *
 * Ranges are those of npm ({@code >=1.4 <2}, {@code ~1.2}, {@code ^1}, {@code 1.x}, {@code 1.2 - 1.4}, {@code ||}). A pre-release
 * is in a range only where the range names one of the same version.
 *
 * <h2>The newest</h2>
 *
 * {@link io.jenkins.plugins.imageupdate.tags.NewestPolicy} goes by the date in the tag's name. When an image was created is in
 * its configuration, two requests away for each tag; and it is 1970 for images that are built reproducibly. A number behind the date
 * puts the tags of one day in order; other numbers beside it count or not, as behind versions.
 *
 * <h2>Expressions</h2>
 *
 * Users' expressions are <a href="https://github.com/google/re2/wiki/Syntax">RE2</a>: no backtracking. They are searched for in the
 * tag; {@code ^} and {@code $} tie them to its ends. Numbers are compared group by group.
 */
package io.jenkins.plugins.imageupdate.tags;

/**
 * Which tags of a repository count, and which of them is the newest, told from their names alone: the list of tags is one request,
 * however many there are.
 *
 * <h2>Versions</h2>
 *
 * {@link io.jenkins.plugins.imageupdate.tags.TagVersion} reads the tags that people really use. Compared are, as
 * <a href="https://semver.org/#spec-item-11">SemVer 2.0.0, 11</a> has it, the numbers and the pre-release; what people add to that is
 * told apart by these rules:
 *
 * <ul>
 *   <li>{@code v1.2} is 1.2.0, {@code 2024.01} is 2024.1.0. Of {@code 1.25} and {@code 1.25.0} the one with more numbers counts, as
 *       the other one moves.
 *   <li>Pre-releases are {@code alpha}, {@code beta}, {@code rc}, {@code cr}, {@code pre}, {@code preview}, {@code milestone},
 *       {@code m1}, {@code ea} and {@code snapshot}, with or without a number, behind a dash or not ({@code 12-beta3},
 *       {@code 3.15.0a2}, {@code 4.0.0.RC1}). {@code rc10} is newer than {@code rc9}.
 *   <li>Every other suffix is a <em>variant</em>, such as {@code -alpine}, {@code -slim-bookworm} or {@code -lts-jdk21}: another image
 *       and no older or newer one. Only tags of one variant are compared. It is the one that is asked for, else that of the tag
 *       written on the image, else none: with {@code nginx:1.25-alpine} the policy {@code 1.x} never leads away from Alpine.
 *   <li>A single number of six digits or more is a date or the number of a build. It is compared with its like alone, and counts where the
 *       tag written on the image is one, or where a range or an expression leaves nothing else: with {@code alpine:3.21} the range
 *       {@code >=3} never leads to Alpine's {@code 20240606}.
 *   <li>A number behind the version is a revision and newer than the version alone: {@code 21.0.5_11}, {@code 1.2.3-1},
 *       {@code 1.2.3-debian-12-r3}, {@code 1.31.2-eksbuild.3}.
 * </ul>
 *
 * Ranges are those of npm ({@code >=1.4 <2}, {@code ~1.2}, {@code ^1}, {@code 1.x}, {@code 1.2 - 1.4}, {@code ||}). A pre-release
 * is in a range only where the range names one of the same version.
 *
 * <h2>The newest</h2>
 *
 * {@link io.jenkins.plugins.imageupdate.tags.NewestPolicy} goes by the date in the tag's name. When an image was created is in
 * its configuration, two requests away for each tag; and it is 1970 for images that are built reproducibly. A number behind the date
 * puts the tags of one day in order; other numbers beside it count or not, as behind versions.
 *
 * <h2>Expressions</h2>
 *
 * Users' expressions are <a href="https://github.com/google/re2/wiki/Syntax">RE2</a>: no backtracking. They are searched for in the
 * tag; {@code ^} and {@code $} tie them to its ends. Numbers are compared group by group.
 */
