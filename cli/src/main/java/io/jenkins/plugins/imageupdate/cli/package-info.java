/** The command line of the Jenkins-free half. It is a program of its own and not a part of the plugin. */
package io.jenkins.plugins.imageupdate.cli;
