package io.jenkins.plugins.imageupdate.tags.version;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with its numbers apart: {@code alpine3.20-r2} has the words {@code alpine}, {@code -r} and nothing, and between them the
 * numbers {@code 3.20} and {@code 2}. Commits are marked and not kept.
 *
 * @param words one more than there are numbers
 * @param numbers digits, with dots between them where one follows another at once
 */
public record Shape(List<String> words, List<String> numbers) {
    /** What stands for a number in a form; a tag cannot have this character. */
    public static final String NUMBER = "#";

    /** Names of processors have digits that count nothing (OCI image specification, "platform", and what people write for it). */
    private static final String PROCESSOR =
            "(?<![0-9A-Za-z])(?:amd64|arm64(?:[-_]?v[0-9])?|aarch64|arm(?:32)?[-_]?v[5-8](?:hf|l)?|i?[3-6]86|x86(?:[-_]64)?|x64"
                    + "|ppc64(?:le|el)?|s390x?|riscv64|mips64(?:le|el)?|loong(?:arch)?64)(?![0-9A-Za-z])";

    private static final Pattern PARTS = Pattern.compile(PROCESSOR + "|([0-9]++(?:\\.[0-9]++)*+)");

    public static Shape of(String text, Commit commits) {
        String marked = commits.marked(text);
        List<String> words = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        int start = 0;
        Matcher part = PARTS.matcher(marked);
        while (part.find()) {
            if (part.group(1) != null) {
                words.add(marked.substring(start, part.start()));
                numbers.add(part.group(1));
                start = part.end();
            }
        }
        words.add(marked.substring(start));
        return new Shape(words, numbers);
    }

    /** What is the same in tags that differ in their numbers alone: {@code alpine#.#-r#}. */
    public String form() {
        StringBuilder form = new StringBuilder(words.get(0));
        for (int i = 0; i < numbers.size(); i++) {
            form.append(NUMBER);
            numbers.get(i).chars().filter(c -> c == '.').forEach(dot -> form.append(".#"));
            form.append(words.get(i + 1));
        }
        return form.toString();
    }
}
