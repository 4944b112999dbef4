/**
 * The images that a Dockerfile is built from. The rules are those of Docker's
 * <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>; where it is silent, what BuildKit does.
 *
 * <p>Images are named by {@code FROM}, {@code COPY --from}, {@code RUN --mount=from} and the {@code syntax} directive, whose image
 * takes part in the build as well: BuildKit pulls it and runs it. {@code ADD} names none. Without a target, every stage counts. An
 * {@code ONBUILD} trigger counts where a later stage of the same file sets it off.
 *
 * <p>A name with a variable to which only the builder gives a value, such as {@code out-$TARGETOS}, means the earlier stages that fit
 * it. Where none fits, it is a problem.
 *
 * <p>One rule is stricter than Docker's on purpose: an image name in which a variable without a value takes part is a problem, where
 * Docker would put in nothing. The step may not know all arguments that the build gets, and another image than the build's must not
 * be watched. {@code ARG X=} and <code>${X:-}</code> say that nothing is meant.
 */
package io.jenkins.plugins.imageupdate.source.dockerfile;
