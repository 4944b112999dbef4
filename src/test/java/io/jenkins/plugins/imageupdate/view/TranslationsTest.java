package io.jenkins.plugins.imageupdate.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that a person sees is there in Chinese as well, with the same places for values; every field of a form has help. */
class TranslationsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/imageupdate");
    private static final String CHINESE = "_zh_CN";

    /** What Jelly looks up: {@code ${%Some words}} or {@code ${%key(value)}}, and {@code '%key'} inside an expression. */
    private static final Pattern TEXT = Pattern.compile("\\$\\{%([^}(]+)[}(]|'%([A-Za-z]+)'");

    private static final Pattern PLACE = Pattern.compile("\\{[0-9]");
    private static final Pattern FIELD = Pattern.compile("<f:entry[^>]* field=\"([A-Za-z]+)\"");

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains(CHINESE))
                    .toList();
            assertFalse(found.isEmpty(), ending);
            return found;
        }
    }

    private static Path twin(Path file, String ending) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + CHINESE + ending);
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties;
    }

    @Test
    void everyHelpPage() throws IOException {
        for (Path help : files(".html")) {
            assertTrue(Files.exists(twin(help, ".html")), () -> help + " has no Chinese twin");
        }
    }

    @Test
    void everyMessage() throws IOException {
        for (Path file : files(".properties")) {
            Properties english = properties(file);
            Properties chinese = properties(twin(file, ".properties"));
            for (String name : english.stringPropertyNames()) {
                assertTrue(chinese.containsKey(name), () -> file + " " + name);
                assertEquals(
                        places(english.getProperty(name)), places(chinese.getProperty(name)), () -> file + " " + name);
            }
        }
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        PLACE.matcher(text).results().forEach(place -> places.add(place.group()));
        return places;
    }

    @Test
    void everyKindOfFailure() throws IOException {
        Properties chinese = properties(RESOURCES.resolve("config/FailureWords_zh_CN.properties"));
        for (FailureKind kind : FailureKind.values()) {
            assertTrue(chinese.containsKey(kind + ".meaning"), kind::name);
            assertTrue(chinese.containsKey(kind + ".wayOut"), kind::name);
        }
    }

    @Test
    void everyTextOfAView() throws IOException {
        for (Path view : files(".jelly")) {
            Properties chinese = properties(twin(view, ".properties"));
            Matcher texts = TEXT.matcher(Files.readString(view));
            while (texts.find()) {
                String name = texts.group(1) == null ? texts.group(2) : texts.group(1);
                assertTrue(chinese.containsKey(name), () -> view + " " + name);
            }
        }
    }

    @Test
    void everyFieldHasHelp() throws IOException {
        for (Path form : files(".jelly")) {
            Matcher fields = FIELD.matcher(Files.readString(form));
            while (fields.find()) {
                String field = fields.group(1);
                boolean helped = Files.exists(form.resolveSibling("help-" + field + ".html"))
                        || Files.readString(form).contains("field=\"" + field + "\" help=");
                assertTrue(helped, () -> form + " " + field);
            }
        }
    }
}
