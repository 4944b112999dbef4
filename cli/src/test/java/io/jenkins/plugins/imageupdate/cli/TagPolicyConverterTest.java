package io.jenkins.plugins.imageupdate.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.tags.TagFilter;
import io.jenkins.plugins.imageupdate.tags.TagPolicy;
import io.jenkins.plugins.imageupdate.tags.TagSort;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class TagPolicyConverterTest {
    private static String key(String text) {
        return new TagPolicyConverter().convert(text).key();
    }

    @Test
    void readsEveryPolicyAsItsKeyWritesIt() {
        TagFilter filter = TagFilter.of(List.of("^1", "a|b"), List.of("%", "|max="), 3);
        for (TagPolicy policy : List.of(
                TagPolicy.semver(">=1.4 <2 || ^3", null, TagFilter.none()),
                TagPolicy.semver("~1.2", "", filter),
                TagPolicy.semver("1.x", "alpine", TagFilter.none()),
                TagPolicy.regex("^v(\\d+)-(a|b)$", TagSort.LEXICAL, filter),
                TagPolicy.regex("a:b=c", TagSort.SEMVER, TagFilter.none()),
                TagPolicy.newest(filter),
                TagPolicy.newest(TagFilter.none()))) {
            assertEquals(policy.key(), key(policy.key()));
        }
    }

    @Test
    void aBarOfAnExpressionNeedsNoEscape() {
        assertEquals(
                TagPolicy.regex("^(a|b)$", TagSort.NUMERIC, TagFilter.of(List.of("x|y"), List.of(), 2))
                        .key(),
                key("regex:^(a|b)$|include=x|y|max=2"));
    }

    @Test
    void newestNeedsNoRule() {
        assertEquals(key("newest:date|max=2"), key("newest|max=2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''                        ; is not a tag policy",
                "1.x                       ; is not a tag policy",
                "latest:1.x                ; is not a tag policy",
                "semver:                   ; is not a range of versions",
                "semver:1.x|sort=numeric   ; semver does not have the setting sort",
                "regex:^v|variant=alpine   ; regex does not have the setting variant",
                "regex:^v|sort=random      ; \"random\" is not a way to sort tags: write one of numeric, lexical, semver",
                "regex:(                   ; is not an expression that can be used",
                "newest:2024               ; newest has no rule",
                "newest|max=0              ; max is the number of tags that count, 1 to 20, not 0",
                "newest|max=many           ; max is a number, not \"many\"",
                "newest|max=1|max=2        ; max is there twice",
            })
    void refusesWhatIsNotAPolicyAndSaysWhy(String text, String reason) {
        String message = assertThrows(TypeConversionException.class, () -> key(text)).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
