/** What is watched, what was seen of it, and what was done about it. Free of Jenkins: plain Java over the registry client. */
package io.jenkins.plugins.imageupdate.watch;
