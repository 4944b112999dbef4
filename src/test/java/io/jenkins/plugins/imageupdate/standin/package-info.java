/** Stand-ins for parts of plugins: a cloud with the classes and arguments of the Docker plugin, as far as these name images. It starts no agent. */
package io.jenkins.plugins.imageupdate.standin;
