/** What is watched, a check of it, its result, and the difference between two sightings. Free of Jenkins. */
package io.jenkins.plugins.imageupdate.check;
