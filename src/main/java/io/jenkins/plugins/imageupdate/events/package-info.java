/** Push events of registries: what a payload names, who sent it, and how often an image is checked for it. Uses no class of Jenkins. */
package io.jenkins.plugins.imageupdate.events;
