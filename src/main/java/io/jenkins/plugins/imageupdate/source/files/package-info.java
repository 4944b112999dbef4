/** One entry for all kinds of file that are not Dockerfiles: what a file is, its content tells, or its name where that is a fixed one. */
package io.jenkins.plugins.imageupdate.source.files;
