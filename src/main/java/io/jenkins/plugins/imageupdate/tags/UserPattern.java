package io.jenkins.plugins.imageupdate.tags;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A user's regular expression. RE2/J does not backtrack; what it costs to run one still grows with its size, which is bounded here. */
public final class UserPattern {
    private static final int MAX_LENGTH = 500;
    private static final int MAX_COST = 500;

    private final String expression;
    private final Pattern pattern;

    private UserPattern(String expression, Pattern pattern) {
        this.expression = expression;
        this.pattern = pattern;
    }

    /** An {@link IllegalArgumentException} says what is wrong. */
    public static UserPattern parse(String expression) {
        if (expression.isBlank()) {
            throw invalid(expression, "it is empty");
        }
        if (expression.length() > MAX_LENGTH || PatternCost.of(expression) > MAX_COST) {
            throw invalid(expression, "it is too large; repetitions multiply what they repeat");
        }
        // RE2/J folds the case of some characters for ever (its issue 168), and tags have ASCII characters only.
        if (!expression.chars().allMatch(c -> c >= ' ' && c < 127) || expression.contains("\\x{")) {
            throw invalid(expression, "tags have ASCII characters only, so other characters and \\x{…} never match");
        }
        try {
            return new UserPattern(expression, Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw invalid(
                    expression,
                    Printable.of(e.getDescription()) + " (the syntax is RE2's: no look-around, no"
                            + " back-references)");
        }
    }

    private static IllegalArgumentException invalid(String expression, String reason) {
        return new IllegalArgumentException(
                "\"" + Printable.of(expression) + "\" is not an expression that can be used: " + reason);
    }

    public String expression() {
        return expression;
    }

    boolean isIn(String tag) {
        return pattern.matcher(tag).find();
    }

    /** What each group matches, or the whole tag where there are none; null where the expression is not in the tag. */
    @CheckForNull
    List<String> groups(String tag) {
        Matcher matcher = pattern.matcher(tag);
        if (!matcher.find()) {
            return null;
        }
        if (matcher.groupCount() == 0) {
            return List.of(tag);
        }
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(Objects.requireNonNullElse(matcher.group(i), ""));
        }
        return groups;
    }

    /** The groups, joined by spaces. */
    @CheckForNull
    String part(String tag) {
        List<String> groups = groups(tag);
        return groups == null ? null : String.join(" ", groups);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserPattern that && expression.equals(that.expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }

    @Override
    public String toString() {
        return expression;
    }
}
