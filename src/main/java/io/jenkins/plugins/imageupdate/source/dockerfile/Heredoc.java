package io.jenkins.plugins.imageupdate.source.dockerfile;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A here-document that an instruction begins.
 *
 * @param delimiter the line that ends it
 * @param indented whether tabs may stand before the delimiter, as of {@code <<-}
 */
record Heredoc(String delimiter, boolean indented) {
    private static final Set<String> TAKING = Set.of("ADD", "COPY", "RUN");
    private static final Pattern START = Pattern.compile("\\d*<<(-?)[ \t]*([^<]+)");

    /** Whether this line is its end. */
    boolean endsWith(String line) {
        int start = 0;
        while (indented && start < line.length() && line.charAt(start) == '\t') {
            start++;
        }
        int end = line.length();
        while (end > start && line.charAt(end - 1) == '\r') {
            end--;
        }
        return line.substring(start, end).equals(delimiter);
    }

    static List<Heredoc> of(Instruction instruction, char escape) {
        Instruction command = instruction.name().equals("ONBUILD") ? instruction.trigger(escape) : instruction;
        List<Heredoc> heredocs = new ArrayList<>();
        boolean possible =
                TAKING.contains(command.name()) && command.arguments().contains("<<") && !execForm(command.arguments());
        for (String word : possible ? words(command.arguments()) : List.<String>of()) {
            Matcher start = START.matcher(word);
            String delimiter = start.matches() ? unquoted(start.group(2)) : "";
            if (!delimiter.isEmpty()) {
                heredocs.add(new Heredoc(delimiter, !start.group(1).isEmpty()));
            }
        }
        return heredocs;
    }

    /** A JSON array of texts holds no here-document. */
    private static boolean execForm(String arguments) {
        if (!arguments.startsWith("[")) {
            return false;
        }
        JsonNode json = Json.read(arguments.getBytes(StandardCharsets.UTF_8));
        boolean texts = json.isArray();
        for (JsonNode item : json) {
            texts &= item.isTextual();
        }
        return texts;
    }

    /** Split at white space outside of quotes, but not after {@code <<}; none where a quote is not closed. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && GoSpace.is(c)) {
                words.add(word.toString());
                word.setLength(0);
                continue;
            }
            word.append(c);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && c == '<' && text.startsWith("<", i + 1)) {
                word.append(text.charAt(++i));
                while (i + 1 < text.length() && (text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\t')) {
                    word.append(text.charAt(++i));
                }
            }
        }
        words.add(word.toString());
        return quote == 0 ? words : List.of();
    }

    private static String unquoted(String word) {
        StringBuilder plain = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (c == '\\' && quote != '\'' && i + 1 < word.length()) {
                plain.append(word.charAt(++i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
