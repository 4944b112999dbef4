package io.jenkins.plugins.imageupdate.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A fenced code block of a Markdown file. */
public record CodeBlock(String file, int line, String language, String text) {
    /** Those of README and docs in this language; at least one, so that a test over them runs something. */
    public static List<CodeBlock> all(String language) {
        List<CodeBlock> blocks = new ArrayList<>();
        pages().forEach(file -> blocks.addAll(of(file)));
        blocks.removeIf(block -> !block.language.equals(language));
        if (blocks.isEmpty()) {
            throw new IllegalStateException("no " + language + " block in the documentation");
        }
        return blocks;
    }

    /** README, CONTRIBUTING, CHANGELOG and docs. */
    static List<Path> pages() {
        Stream<Path> root = Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md"));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(root, docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CodeBlock> of(Path file) {
        List<CodeBlock> blocks = new ArrayList<>();
        String language = null;
        int start = 0;
        StringBuilder text = new StringBuilder();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (!line.startsWith("```")) {
                    text.append(line).append('\n');
                } else if (language == null) {
                    language = line.substring(3).strip();
                    start = i + 2;
                    text.setLength(0);
                } else {
                    blocks.add(new CodeBlock(file.toString(), start, language, text.toString()));
                    language = null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
