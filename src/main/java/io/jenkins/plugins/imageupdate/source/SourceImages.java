package io.jenkins.plugins.imageupdate.source;

import java.util.List;

/**
 * What a file names, and what of it could not be told. With a problem the uses are those that are certain all the same.
 *
 * @param uses in the file's order; an image that is named twice is in it twice
 */
public record SourceImages(List<ImageUse> uses, List<SourceProblem> problems) {
    public SourceImages {
        uses = List.copyOf(uses);
        problems = List.copyOf(problems);
    }

    /** Each image once, in the order in which they were first named. */
    public List<SourceImage> images() {
        return uses.stream().map(ImageUse::image).distinct().toList();
    }
}
