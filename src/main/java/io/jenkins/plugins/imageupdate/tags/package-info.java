/**
 * Which tags of a repository count, and which of them is the newest. Only the tags' names are used, so one request for the list of tags is
 * enough. How a name is read is said in {@link io.jenkins.plugins.imageupdate.tags.version}.
 *
 * <h2>The newest</h2>
 *
 * {@link io.jenkins.plugins.imageupdate.tags.NewestPolicy} compares the dates in the tags' names. The time of an image's creation is in its
 * configuration, which takes two more requests for each tag, and it is 1970 for images that are built reproducibly. A number behind the date
 * orders the tags of one day. Other numbers beside it follow the rules for versions.
 *
 * <h2>Expressions</h2>
 *
 * Users' expressions are <a href="https://github.com/google/re2/wiki/Syntax">RE2</a>, which does not backtrack. An expression may match any
 * part of the tag; {@code ^} and {@code $} stand for its ends. Numbers are compared group by group.
 */
package io.jenkins.plugins.imageupdate.tags;
