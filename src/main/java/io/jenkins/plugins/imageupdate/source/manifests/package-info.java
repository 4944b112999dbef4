/**
 * The images of Compose and Kubernetes files. A file may hold many YAML documents; each is told by what is in it.
 *
 * <p>Compose, by the <a href="https://docs.docker.com/reference/compose-file/">Compose file reference</a>: the {@code image} of every
 * service, with its {@code platform}; variables are put in from what the user gives, never from the environment of the process. A
 * service with {@code build} is left out even if it has an {@code image}: that name is what the build makes, and a job that watches
 * its own product builds for ever. Other files ({@code include}, {@code extends}, {@code .env}) are not followed.
 *
 * <p>Kubernetes, by its <a href="https://kubernetes.io/docs/reference/kubernetes-api/">API reference</a>: containers, init containers,
 * ephemeral containers and image volumes of the kinds that hold a pod. Kubernetes has no variables. Objects of other kinds name
 * no image here and are no mistake.
 */
package io.jenkins.plugins.imageupdate.source.manifests;
