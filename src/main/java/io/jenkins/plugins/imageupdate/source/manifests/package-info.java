/**
 * The images of YAML and JSON files. A file may hold many documents; each is told by what is in it. Every kind has its own reader, a
 * {@link io.jenkins.plugins.imageupdate.source.manifests.ManifestKind}, which says what it reads and by which reference.
 *
 * <p>Compose, by the <a href="https://docs.docker.com/reference/compose-file/">Compose file reference</a>: variables are put in from what
 * the user gives and from {@code .env}, never from the environment of the process. A service with {@code build} is left out even if it has
 * an {@code image}: that name is what the build makes, and a job that watches its own product builds for ever. {@code include} and
 * {@code extends} are followed within the workspace.
 *
 * <p>Kubernetes, by its <a href="https://kubernetes.io/docs/reference/kubernetes-api/">API reference</a>, and every other kind by the shape
 * of what is in it. Kubernetes has no variables.
 */
package io.jenkins.plugins.imageupdate.source.manifests;
