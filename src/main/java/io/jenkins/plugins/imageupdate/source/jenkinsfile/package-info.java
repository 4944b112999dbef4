/**
 * The images of Jenkinsfiles. Groovy's own parser, of the version that runs Pipelines, makes a syntax tree of the file; nothing of it is
 * run, compiled, transformed or loaded.
 *
 * <p>Read are texts without variables, at these places: {@code agent { docker … }} of Declarative Pipelines with {@code registryUrl},
 * {@code docker.image(…)} with the {@code docker.withRegistry(…)} around it, {@code containerTemplate} in both of its forms,
 * {@code withDockerContainer}, {@code dockerNode}, and the pods in {@code yaml} of the Kubernetes plugin. Every other expression at such a
 * place is computed when the Pipeline runs, and is a problem.
 */
package io.jenkins.plugins.imageupdate.source.jenkinsfile;
