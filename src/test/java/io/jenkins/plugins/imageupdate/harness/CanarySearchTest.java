package io.jenkins.plugins.imageupdate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.imageupdate.testing.ServiceAccountKeys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The search finds planted secrets, so an empty result is a proof. */
class CanarySearchTest {
    private static final String ID = "canary0123456789abcdef";
    private static final String KEY = ServiceAccountKeys.create("p", "reader@p.iam.gserviceaccount.com", ID);

    private final CanarySearch search =
            new CanarySearch().secret("key id", ID).secret("private key", ServiceAccountKeys.privateKey());

    static Stream<Arguments> forms() {
        return Stream.of(
                form("as it is", text -> text),
                form("as JSON in JSON", text -> text.replace("\\", "\\\\").replace("\"", "\\\"")),
                form("with escaped slashes", text -> text.replace("/", "\\/")),
                form("in HTML", text -> text.replace("+", "&#43;").replace("\"", "&quot;")),
                form("in a URL", text -> URLEncoder.encode(text, StandardCharsets.UTF_8)),
                form("in base64", text -> base64(text)),
                form("in base64, one character on", text -> base64(":" + text)),
                form("in base64, two characters on", text -> base64("k:" + text)),
                form(
                        "in base64 for URLs",
                        text -> Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
                form(
                        "in UTF-16",
                        text -> new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1)));
    }

    private static Arguments form(String name, UnaryOperator<String> writing) {
        return Arguments.of(name, writing);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void aKeyIsFound(String name, UnaryOperator<String> writing, @TempDir Path directory) throws Exception {
        String text = "before " + writing.apply(KEY) + " after";
        Files.createDirectories(directory.resolve("a"));
        Files.write(directory.resolve("a/b.xml"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(List.of("a/b.xml: key id", "a/b.xml: private key"), search.under(directory));
    }

    @Test
    void aPartOfThePrivateKeyIsFound() {
        String line =
                ServiceAccountKeys.privateKey().lines().skip(7).findFirst().orElseThrow();
        assertEquals(List.of("private key"), search.in("…" + line + "…"));
    }

    @Test
    void textsThatAreNotSecretsAreNotFound() {
        String other = KEY.replaceAll("\"private_key\" : \"[^\"]*\"", "").replace(ID, "");
        assertEquals(List.of(), search.in(other));
    }

    @Test
    void aTextThatIsTooShortIsRefusedAsASecret() {
        assertThrows(IllegalArgumentException.class, () -> new CanarySearch().secret("password", "secret"));
    }
}
