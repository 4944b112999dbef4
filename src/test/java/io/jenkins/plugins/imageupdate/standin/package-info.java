/**
 * Stand-ins for plugins of clouds, with the symbols, the classes and the arguments of the Kubernetes and Docker plugins, as far as these name
 * images. They start no agent.
 */
package io.jenkins.plugins.imageupdate.standin;
