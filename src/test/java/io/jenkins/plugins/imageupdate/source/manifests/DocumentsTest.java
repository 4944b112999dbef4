package io.jenkins.plugins.imageupdate.source.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.source.SourceImages;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubectl takes for YAML or JSON, tabs above all. */
class DocumentsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers:\t# the app\n  - image: one",
                "containers:\n  - image:\tone",
                "containers:\n  - image: \t one\t# first",
                "containers:\n  - image: 'one'\t# first",
                "containers:\n  - name: \"x\"\t \n    image: one",
                "containers: [\t{\timage:\tone\t}\t]",
                "containers: [\n\t\t{ image: one },\n\t]",
                "containers:\n  - {name: é𝄞,\timage: one}",
                "containers:\n  -\timage: one"
            })
    void aTabMayStandWhereASpaceMay(String containers) {
        String text = "kind: Pod\nspec:\n " + containers.replace("\n", "\n ") + "\n";
        SourceImages images = read(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), images.problems());
        assertEquals(1, images.uses().size());
        assertEquals("one", images.uses().get(0).written());
    }

    @Test
    void aTabDoesNotIndentABlock() {
        List<String> messages =
                Reading.of("kind: Pod\nspec:\n\tcontainers:\n\t- image: one\n").messages();
        assertEquals(1, messages.size());
        assertTrue(messages.get(0).startsWith("app.yaml:3: this is no YAML that can be read: found character"));
    }

    @Test
    void tabsWithinTextsStay() {
        Reading.of(
                        "services:\n  a:\n    image:\tone\n    command: \"a\tb\"\n    environment:\n      X: |\n        a\tb\n")
                .finds("3 services.a one");
    }

    @Test
    void tabsInAFileOfManyLinesAreFoundFarFromItsStart() {
        String filler = "# äöü𝄞 a comment that makes the file longer\n".repeat(5_000);
        Reading.of("services:\n" + filler + "  a:\t# x\n    image:\tone\n").finds("5003 services.a one");
    }

    @Test
    void jsonMayBeIndentedByTabsAndEscapeSlashes() {
        Reading.of("""
                {
                \t"kind": "Pod",
                \t"metadata": {"name": "a"},
                \t"spec": {
                \t\t"containers": [
                \t\t\t{"name": "x", "image": "example.com\\/team\\/app:1"}
                \t\t]
                \t}
                }
                """).finds("6 Pod/a container x example.com/team/app:1");
    }

    @Test
    void severalJsonObjectsFollowEachOther() {
        String pod = "{\"kind\": \"Pod\",\n \"spec\": {\"containers\": [{\"image\": \"%s\"}]}}";
        Reading.of(pod.formatted("one") + pod.formatted("two") + "\n" + pod.formatted("three") + "\n---\n"
                        + pod.formatted("four") + "\n---\nkind: Pod\nspec:\n  containers:\n  - image: five\n")
                .finds(
                        "2 Pod/? container ? one",
                        "3 Pod/? container ? two",
                        "5 Pod/? container ? three",
                        "8 Pod/? container ? four",
                        "13 Pod/? container ? five");
    }

    @Test
    void aMappingInBracesThatIsNotJsonIsYaml() {
        Reading.of("{kind: Pod, spec: {containers: [{image: one}]}}\n").finds("1 Pod/? container ? one");
        Reading.of("{\"kind\": \"Pod\", # x\n\"spec\": {containers: [{image: one}]}}\n---\nkind: Pod\n")
                .finds("2 Pod/? container ? one");
    }

    @Test
    void ofTwoEqualKeysInJsonTheLastOneCounts() {
        Reading.of("{\"kind\": \"Pod\", \"spec\": {\"containers\": [{\"image\": \"one\", \"image\": \"two\"}]}}")
                .finds("1 Pod/? container ? two");
    }

    @Test
    void jsonEndsAtADepth() {
        String deep = "{\"a\":".repeat(300) + "1" + "}".repeat(300);
        assertTrue(Reading.of(deep).messages().get(0).contains("Nesting Depth exceeded max 200"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16WithAMarkIsRead(String charset) {
        byte[] content = "\uFEFFservices: {a: {image: one}} # ä𝄞\r\n".getBytes(Charset.forName(charset));
        assertEquals(List.of(), read(content).problems());
        assertEquals(1, read(content).uses().size());
    }

    @Test
    void brokenUtf16IsSaid() {
        byte[] content = {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xd8};
        assertEquals(
                "app.yaml: this begins as UTF-16 and is not text in it",
                read(content).problems().get(0).toString());
    }

    @Test
    void aTemplateIsSaidOnceWhereItIsYaml() {
        Reading.of("""
                services:
                  a: {image: "x"}
                  b:
                    image: {{ .Values.image }}
                  c:
                    image: "{{ .Values.image }}:{{ .Values.tag }}"
                """)
                .findsThough(
                        "app.yaml:4: this is a template, which has no images yet: give the file that is made of it",
                        "2 services.a x");
    }

    private static SourceImages read(byte[] content) {
        return ManifestImages.read("app.yaml", content, Map.of());
    }
}
