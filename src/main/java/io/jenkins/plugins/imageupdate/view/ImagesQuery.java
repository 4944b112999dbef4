package io.jenkins.plugins.imageupdate.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The query of a table of images: search, filters, order and page. A parameter of the address that is not valid is ignored.
 *
 * @param words the words that a row must contain, in lower case
 * @param status null for all
 * @param registry the host, null for all
 * @param page from 1
 */
record ImagesQuery(
        String words,
        @CheckForNull ImageState status,
        @CheckForNull String registry,
        Sort sort,
        boolean descending,
        int page) {
    private static final int MAX_WORDS = 300;

    /** Columns, by their names in addresses. */
    enum Sort {
        STATUS(Comparator.comparing(ImageRow::getStatus)),
        IMAGE(Comparator.comparing(ImageRow::getId)),
        JOB(Comparator.comparing(ImageRow::user)),
        CHANGED(latestFirst(ImageRow::getChanged)),
        CHECKED(latestFirst(ImageRow::getChecked));

        private final Comparator<ImageRow> order;

        Sort(Comparator<ImageRow> order) {
            this.order = order;
        }

        private static Comparator<ImageRow> latestFirst(Function<ImageRow, Long> time) {
            return Comparator.comparing(time, Comparator.nullsLast(Comparator.reverseOrder()));
        }
    }

    static ImagesQuery of(@CheckForNull StaplerRequest2 request) {
        if (request == null) {
            return new ImagesQuery("", null, null, Sort.STATUS, false, 1);
        }
        String words = Util.fixNull(request.getParameter("q")).strip();
        return new ImagesQuery(
                words.substring(0, Math.min(words.length(), MAX_WORDS)).toLowerCase(Locale.ROOT),
                constant(ImageState.class, request.getParameter("status")),
                Util.fixEmptyAndTrim(request.getParameter("registry")),
                Objects.requireNonNullElse(constant(Sort.class, request.getParameter("sort")), Sort.STATUS),
                "true".equals(request.getParameter("descending")),
                number(request.getParameter("page")));
    }

    @CheckForNull
    private static <E extends Enum<E>> E constant(Class<E> type, @CheckForNull String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        return null;
    }

    private static int number(@CheckForNull String text) {
        return text != null && text.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(text) : 1;
    }

    Comparator<ImageRow> order() {
        Comparator<ImageRow> first = descending ? sort.order.reversed() : sort.order;
        return first.thenComparing(ImageRow::getId).thenComparing(ImageRow::user);
    }

    boolean mentions(ImageRow row) {
        return words.isEmpty() || Arrays.stream(words.split("\\s+")).allMatch(row::mentions);
    }

    /** Whether it leaves rows out. */
    boolean filters() {
        return !words.isEmpty() || status != null || registry != null;
    }

    ImagesQuery withStatus(@CheckForNull ImageState other) {
        return new ImagesQuery(words, other, registry, sort, descending, 1);
    }

    /** Sorted by this column; in reverse order if it is sorted by the column already. */
    ImagesQuery withSort(Sort other) {
        return new ImagesQuery(words, status, registry, other, other == sort && !descending, 1);
    }

    ImagesQuery withPage(int other) {
        return new ImagesQuery(words, status, registry, sort, descending, other);
    }

    /** An address relative to the page, with the parameters that are not the default. */
    String link() {
        StringBuilder out = new StringBuilder();
        append(out, "q", words);
        append(out, "status", status == null ? "" : status.name());
        append(out, "registry", Util.fixNull(registry));
        append(out, "sort", sort == Sort.STATUS ? "" : sort.name());
        append(out, "descending", descending ? "true" : "");
        append(out, "page", page == 1 ? "" : String.valueOf(page));
        return out.isEmpty() ? "." : out.toString();
    }

    private static void append(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append(out.isEmpty() ? '?' : '&').append(name).append('=');
            out.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
