package io.jenkins.plugins.imageupdate.cli;

import io.jenkins.plugins.imageupdate.registry.Printable;
import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.tags.TagSort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a tag policy as {@link TagPolicy#key} writes it: {@code semver:>=1.4 <2|max=3}. An expression may have bars of
 * its own: only one before the name of a setting begins the next setting.
 */
final class TagPolicyConverter implements ITypeConverter<TagPolicy> {
    private static final Pattern SETTING = Pattern.compile("\\|(variant|sort|include|exclude|max)=");

    @Override
    public TagPolicy convert(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text.split("\\|", 2)[0] : text.substring(0, colon);
        Map<String, List<String>> settings = settings(text.substring(kind.length() + (colon < 0 ? 0 : 1)));
        String rule = settings.remove("").get(0);
        try {
            TagPolicy policy =
                    switch (kind) {
                        case "semver" -> TagPolicy.semver(rule, single(settings, "variant", null), filter(settings));
                        case "regex" -> TagPolicy.regex(rule, sort(settings), filter(settings));
                        case "newest" -> newest(rule, filter(settings));
                        default -> throw new IllegalArgumentException("\"" + Printable.of(text)
                                + "\" is not a tag policy: write semver:RANGE, regex:EXPRESSION or newest");
                    };
            if (!settings.isEmpty()) {
                throw new IllegalArgumentException(kind + " does not have the setting "
                        + settings.keySet().iterator().next());
            }
            return policy;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Returns the values of each setting in their order. The rule has the empty name. */
    private static Map<String, List<String>> settings(String text) {
        Map<String, List<String>> settings = new HashMap<>();
        Matcher names = SETTING.matcher(text);
        List<MatchResult> found = names.results().toList();
        String name = "";
        int start = 0;
        for (MatchResult next : found) {
            add(settings, name, text.substring(start, next.start()));
            name = next.group(1);
            start = next.end();
        }
        add(settings, name, text.substring(start));
        return settings;
    }

    private static void add(Map<String, List<String>> settings, String name, String value) {
        settings.computeIfAbsent(name, unused -> new ArrayList<>())
                .add(value.replace("%7C", "|").replace("%25", "%"));
    }

    private static TagPolicy newest(String rule, TagFilter filter) {
        if (!rule.isEmpty() && !rule.equals("date")) {
            throw new IllegalArgumentException("newest has no rule: \"" + Printable.of(rule) + "\" is too much");
        }
        return TagPolicy.newest(filter);
    }

    private static TagSort sort(Map<String, List<String>> settings) {
        String name = single(settings, "sort", "numeric");
        return Arrays.stream(TagSort.values())
                .filter(sort -> sort.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + Printable.of(name)
                        + "\" is not a way to sort tags: write one of "
                        + Arrays.stream(TagSort.values())
                                .map(sort -> sort.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static TagFilter filter(Map<String, List<String>> settings) {
        List<String> include = all(settings, "include");
        List<String> exclude = all(settings, "exclude");
        String max = single(settings, "max", "1");
        if (!max.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("max is a number, not \"" + Printable.of(max) + "\"");
        }
        return TagFilter.of(include, exclude, Integer.parseInt(max));
    }

    private static List<String> all(Map<String, List<String>> settings, String name) {
        List<String> values = settings.remove(name);
        return values == null ? List.of() : values;
    }

    private static String single(Map<String, List<String>> settings, String name, String missing) {
        List<String> values = all(settings, name);
        if (values.size() > 1) {
            throw new IllegalArgumentException(name + " is there twice");
        }
        return values.isEmpty() ? missing : values.get(0);
    }
}
