package io.jenkins.plugins.imageupdate.source;

import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.Objects;

/**
 * An image that a file names.
 *
 * @param image what it is, with the platform that the file demands
 * @param written the reference as it reads once its variables are put in, before it is brought to its normal form
 * @param line counted from 1
 * @param where what names it there, such as {@code FROM}, {@code COPY --from} or {@code services.web}
 */
public record ImageUse(SourceImage image, String written, String file, int line, String where) {
    public ImageUse {
        Objects.requireNonNull(image);
    }

    /** {@code Dockerfile:12: FROM alpine:3.20}. */
    @Override
    public String toString() {
        return SourceProblem.at(file, line) + Printable.of(where) + " " + written;
    }
}
