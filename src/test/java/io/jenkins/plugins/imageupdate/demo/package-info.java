/** The registry of the demo, which {@code .ci/demo} starts, and what is pushed to it. Free of Jenkins. */
package io.jenkins.plugins.imageupdate.demo;
