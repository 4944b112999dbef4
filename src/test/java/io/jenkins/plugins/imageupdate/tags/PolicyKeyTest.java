package io.jenkins.plugins.imageupdate.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyKeyTest {
    /** Ledgers have these: none of them may change. */
    @Test
    void theFormIsKeptFromReleaseToRelease() {
        TagFilter filter = TagFilter.of(List.of("^1", "a|b"), List.of("100%"), 3);
        assertEquals(
                "semver:>=1.4 <2",
                TagPolicy.semver(" >=1.4  <2", null, TagFilter.none()).key());
        assertEquals(
                "semver:^1 %7C%7C ^3|variant=alpine|include=^1|include=a%7Cb|exclude=100%25|max=3",
                TagPolicy.semver("^1 || ^3", "alpine", filter).key());
        assertEquals(
                "semver:*|variant=", TagPolicy.semver("*", "", TagFilter.none()).key());
        assertEquals(
                "regex:^v(\\d+)$|sort=numeric",
                TagPolicy.regex("^v(\\d+)$", TagSort.NUMERIC, TagFilter.none()).key());
        assertEquals("newest:date", TagPolicy.newest(TagFilter.none()).key());
    }

    @Test
    void policiesThatDifferInASettingHaveDifferentKeys() {
        Map<String, TagPolicy> keys = new HashMap<>();
        for (TagFilter filter : filters()) {
            for (TagPolicy policy : policies(filter)) {
                TagPolicy other = keys.put(policy.key(), policy);
                assertNull(other, () -> policy + " and " + other + " have the key " + policy.key());
            }
        }
        assertEquals(filters().size() * policies(TagFilter.none()).size(), keys.size());
    }

    @Test
    void equalPoliciesHaveOneKey() {
        for (TagFilter filter : filters()) {
            List<TagPolicy> again = policies(filter);
            policies(filter)
                    .forEach(policy -> assertEquals(
                            policy.key(), again.get(again.indexOf(policy)).key()));
        }
    }

    @Test
    void messagesShowAKeyInWordsThatPeopleRead() {
        TagFilter filter = TagFilter.of(List.of("^1", "a|b"), List.of("100%"), 3);
        assertEquals(
                "semver ^1 || ^3, variant alpine, include ^1, include a|b, exclude 100%, max 3",
                TagPolicy.describe(
                        TagPolicy.semver("^1 || ^3", "alpine", filter).key()));
        assertEquals(
                "regex :=(\\d), sort numeric",
                TagPolicy.describe(TagPolicy.regex(":=(\\d)", TagSort.NUMERIC, TagFilter.none())
                        .key()));
        assertEquals(
                "semver *, no variant",
                TagPolicy.describe(TagPolicy.semver("*", "", TagFilter.none()).key()));
        assertEquals(
                "newest date",
                TagPolicy.describe(TagPolicy.newest(TagFilter.none()).key()));
    }

    /** White space that a range may have around its bars is of every kind. */
    @Test
    void aKeyIsPrintableAscii() {
        String key = TagPolicy.semver("^1\u001f||\u2003^3\n|| ^4", null, TagFilter.none())
                .key();
        assertTrue(key.chars().allMatch(c -> c >= ' ' && c <= '~'), key);
    }

    private static List<TagFilter> filters() {
        List<TagFilter> filters = new ArrayList<>();
        for (List<String> include : List.of(
                List.<String>of(), List.of("a", "b"), List.of("b", "a"), List.of("a|include=b"), List.of("a or b"))) {
            for (List<String> exclude : List.of(List.<String>of(), List.of("a"), List.of("a|max=2"), List.of("%7C"))) {
                for (int max : new int[] {1, 2, 20}) {
                    filters.add(TagFilter.of(include, exclude, max));
                }
            }
        }
        return filters;
    }

    private static List<TagPolicy> policies(TagFilter filter) {
        List<TagPolicy> policies = new ArrayList<>();
        for (String range : List.of("*", "1", "1 || 2")) {
            for (String variant : new String[] {null, "", "alpine", "variant"}) {
                policies.add(TagPolicy.semver(range, variant, filter));
            }
        }
        for (String expression : List.of("a", "a|sort=lexical", "1", "variant=")) {
            for (TagSort sort : TagSort.values()) {
                policies.add(TagPolicy.regex(expression, sort, filter));
            }
        }
        policies.add(TagPolicy.newest(filter));
        return policies;
    }
}
