package io.jenkins.plugins.imageupdate.tags.version;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.TagList;

/** Reads the tags of one repository as dates, with what the whole list tells of the numbers beside these. */
public final class DateReader {
    private final boolean shortDates;
    private final Variants variants = new Variants();

    /**
     * Goes through the list where that is needed.
     *
     * @param like the date of the tag on the image
     * @param shortDates whether that one has two digits for the year
     */
    public DateReader(TagList tags, TagDate like, boolean shortDates) {
        this.shortDates = shortDates;
        if (NaturalOrder.hasDigit(like.series())) {
            add(like);
            tags.names().stream().map(this::parse).filter(date -> date != null).forEach(this::add);
        }
    }

    private void add(TagDate date) {
        variants.add(shape(date), date.numbers());
    }

    @CheckForNull
    public TagDate parse(String tag) {
        return shortDates ? TagDate.parseWithShort(tag) : TagDate.parse(tag);
    }

    public Variants.Reading read(TagDate date) {
        return variants.read(shape(date));
    }

    private static Shape shape(TagDate date) {
        return Shape.of(date.series(), Commit.UNDOUBTED);
    }
}
