package io.jenkins.plugins.imageupdate.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextLinkTest {
    private static Optional<String> next(String... values) {
        return NextLink.of(HttpHeaders.of(Map.of("link", List.of(values)), (name, value) -> true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</v2/a/tags/list?n=2&last=b>; rel=\"next\"",
                "</v2/a/tags/list?n=2&last=b>;rel=next",
                "< /v2/a/tags/list?n=2&last=b > ; REL = \"Next\" ; title=\"a, b; c\"",
                "</v2/a/tags/list?n=2&last=b>; title=\"a \\\" , <c>; rel=prev\"; rel=\"last next\"",
                "<x,y>; rel=prev, </v2/a/tags/list?n=2&last=b>; rel=\"next\", <z>; rel=next",
                "<other>; rel=next; anchor=\"#foot\", </v2/a/tags/list?n=2&last=b>; rel=next",
                "<first-rel-counts>; rel=prev; rel=next, </v2/a/tags/list?n=2&last=b>; rel=next",
                ", , <none>, </v2/a/tags/list?n=2&last=b>; crossorigin; rel=\"next\""
            })
    void everySpellingOfRfc8288IsRead(String header) {
        assertEquals(Optional.of("/v2/a/tags/list?n=2&last=b"), next(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "<a",
                "<a>",
                "<a>;",
                "<a>; rel",
                "<a>; rel=",
                "<a>; rel=\"",
                "<a>; rel=\"nex\\",
                "<a>; rel=prev",
                "<a>; rel=nextish",
                "a; rel=next",
                "<a>; title=\"rel=next\"",
                "<a>,; rel=\"prev\""
            })
    void whatIsNoNextLinkIsPassedOver(String header) {
        assertEquals(Optional.empty(), next(header));
    }

    @Test
    void severalHeadersAreReadAndLongOnesCut() {
        assertEquals(Optional.of("b"), next("<a>; rel=prev", "<b>; rel=next"));
        assertEquals(Optional.empty(), next("<a>; rel=prev,".repeat(2_000) + "<b>; rel=next"));
        assertEquals(Optional.empty(), next(";".repeat(1_000_000)));
    }
}
