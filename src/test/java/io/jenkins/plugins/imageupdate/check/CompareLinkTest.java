package io.jenkins.plugins.imageupdate.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompareLinkTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/o/r, https://github.com/o/r/compare/a1...b2",
        "https://github.com/o/r/, https://github.com/o/r/compare/a1...b2",
        "https://github.com/o/my.repo_1.git, https://github.com/o/my.repo_1/compare/a1...b2",
        "https://github.com/o/r/tree/main/images/app, https://github.com/o/r/compare/a1...b2",
        "https://github.com/nginx/docker-nginx.git#0f1e2d:mainline/debian,"
                + " https://github.com/nginx/docker-nginx/compare/a1...b2",
        "https://gitlab.com/g/p, https://gitlab.com/g/p/-/compare/a1...b2",
        "https://gitlab.com/g/sub/deeper/p.git, https://gitlab.com/g/sub/deeper/p/-/compare/a1...b2",
        "https://gitlab.com/g/p/-/tree/main, https://gitlab.com/g/p/-/compare/a1...b2",
        "https://bitbucket.org/w/r, https://bitbucket.org/w/r/branches/compare/b2%0Da1",
        "https://codeberg.org/o/r, https://codeberg.org/o/r/compare/a1...b2",
        "https://codeberg.org/o/r/src/branch/main, https://codeberg.org/o/r/compare/a1...b2",
        "https://gitea.com/o/r, https://gitea.com/o/r/compare/a1...b2"
    })
    void everyForgeHasItsForm(String source, String link) {
        assertEquals(link, CompareLink.of(source, "a1", "b2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "github.com/o/r",
                "http://github.com/o/r",
                "git@github.com:o/r.git",
                "ssh://git@github.com/o/r",
                "https://user@github.com/o/r",
                "https://github.com:8443/o/r",
                "https://github.com.evil.example/o/r",
                "https://evilgithub.com/o/r",
                "https://www.github.com/o/r",
                "https://github.com/o",
                "https://github.com//r",
                "https://github.com/o/..",
                "https://github.com/o/r/../../evil/x",
                "https://github.com/o/r/releases",
                "https://github.com/o/r?x=y",
                "https://github.com/o/%2e%2e",
                "https://github.com/o/r r",
                "https://github.com/-/r",
                "https://github.com/o/r\"><script>",
                "https://gitlab.com/-/p",
                "https://gitlab.com/g/p/tree/main",
                "https://gitlab.com/g",
                "https://example.com/o/r",
                "javascript:alert(1)//github.com/o/r",
                "https:///o/r",
                "https://github.com"
            })
    void anyOtherSourceHasNone(String source) {
        assertNull(CompareLink.of(source, "a1", "b2"));
    }

    @Test
    void anUnreasonableLengthHasNone() {
        assertNull(CompareLink.of("https://gitlab.com/" + "g/".repeat(200) + "p", "a1", "b2"));
        assertNull(CompareLink.of("https://github.com/o/r", "a".repeat(101), "b2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a..b", "-x", "a b", "a\nb", "a?b", "a#b", "a%0Db", "../x", "<x>", "^a", "a~1"})
    void anUnusualRevisionHasNone(String revision) {
        assertNull(CompareLink.of("https://github.com/o/r", revision, "b2"));
        assertNull(CompareLink.of("https://github.com/o/r", "a1", revision));
    }

    @Test
    void revisionsAreEncodedAndMustDiffer() {
        assertEquals(
                "https://github.com/o/r/compare/v1.0%2B7...rel%2F1.1",
                CompareLink.of("https://github.com/o/r", "v1.0+7", "rel/1.1"));
        assertNull(CompareLink.of("https://github.com/o/r", "a1", "a1"));
        assertNull(CompareLink.of(null, "a1", "b2"));
        assertNull(CompareLink.of("https://github.com/o/r", null, "b2"));
        assertNull(CompareLink.of("https://github.com/o/r", "a1", null));
    }
}
