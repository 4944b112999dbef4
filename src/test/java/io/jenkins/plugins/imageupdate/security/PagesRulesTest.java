package io.jenkins.plugins.imageupdate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.testing.DocumentedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages escape all values, and contain nothing that a content security policy would have to allow. */
class PagesRulesTest {
    private static final String FIRST_LINE = "<?jelly escape-by-default='true'?>";
    private static final List<Pattern> FORBIDDEN = List.of(
            Pattern.compile("<script(?![^>]*\\bsrc=)[^>]*>", Pattern.CASE_INSENSITIVE),
            Pattern.compile("<style\\b", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\sstyle\\s*=", Pattern.CASE_INSENSITIVE),
            Pattern.compile("\\son[a-z]+\\s*=", Pattern.CASE_INSENSITIVE),
            Pattern.compile("javascript:", Pattern.CASE_INSENSITIVE),
            Pattern.compile("<j:out\\b"),
            Pattern.compile("escapeText\\s*=\\s*[\"']false"),
            Pattern.compile("checkUrl\\s*="),
            Pattern.compile("<st:include\\b[^>]*\\bit=\"\\$\\{request"),
            Pattern.compile("(?:href|src|action)\\s*=\\s*[\"']http:"));

    private static List<Path> files(String folder, String... endings) throws IOException {
        Path root = DocumentedTable.root().resolve("src/main").resolve(folder);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    static List<String> faults(String name, String content) {
        List<String> faults = new ArrayList<>();
        if (name.endsWith(".jelly") && !content.startsWith(FIRST_LINE)) {
            faults.add(name + " does not begin with " + FIRST_LINE);
        }
        for (Pattern forbidden : FORBIDDEN) {
            if (forbidden.matcher(content).find()) {
                faults.add(name + " has " + forbidden);
            }
        }
        return faults;
    }

    @Test
    void everyViewAndHelpTextKeepsTheRules() throws IOException {
        List<Path> views = files("resources", ".jelly", ".html", ".groovy");
        assertTrue(views.size() > 10);
        List<String> faults = new ArrayList<>();
        for (Path view : views) {
            faults.addAll(faults(view.getFileName().toString(), Files.readString(view)));
        }
        assertEquals(List.of(), faults);
        assertEquals(List.of(), files("resources", ".groovy"), "views in Groovy escape nothing by themselves");
    }

    /** Scripts of the plugin make elements, and no markup of texts. */
    @Test
    void scriptsMakeNoMarkup() throws IOException {
        Pattern markup =
                Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function\\(");
        List<Path> scripts = new ArrayList<>(files("resources", ".js"));
        scripts.addAll(files("webapp", ".js"));
        for (Path script : scripts) {
            assertTrue(!markup.matcher(Files.readString(script)).find(), script.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<j:jelly/>",
                FIRST_LINE + "<script>alert(1)</script>",
                FIRST_LINE + "<style>a{}</style>",
                FIRST_LINE + "<a onclick='x()'/>",
                FIRST_LINE + "<a style='x'/>",
                FIRST_LINE + "<j:out value='${it}'/>",
                FIRST_LINE + "<a href='javascript:x'/>"
            })
    void theRulesFindWhatTheyLookFor(String page) {
        assertEquals(1, faults("page.jelly", page).size());
    }
}
