package io.jenkins.plugins.imageupdate.source.manifests;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.Token;

/**
 * Lets tabs stand between the tokens of a line, as YAML 1.2 (section 6.2) and go-yaml, which kubectl and Compose use, do. SnakeYAML's
 * scanner stops at such a tab; its reader is then told to take it for a space, and the scanner is asked again. At the start of a line
 * of a block, where a tab would be indentation, it stays an error.
 */
final class TabScanner implements Scanner {
    /** A tree takes up to 200 bytes for each. */
    static final int MAX_TOKENS = 2_000_000;

    private static final int MAX_TABS = 20_000;

    /** A reader that takes the tabs of one run for spaces. */
    private static final class Reader extends StreamReader {
        private final String text;
        private int start;
        private int end;
        private int codePoints;
        private int chars;

        Reader(String text) {
            super(text);
            this.text = text;
        }

        /** Whether nothing but spaces and tabs stands before the current character in its line. */
        boolean indents() {
            chars = text.offsetByCodePoints(chars, getIndex() - codePoints);
            codePoints = getIndex();
            int before = chars - 1;
            while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
                before--;
            }
            return before < 0 || text.charAt(before) == '\n' || text.charAt(before) == '\r';
        }

        void passOverTabs() {
            int length = 0;
            while (super.peek(length) == '\t' || super.peek(length) == ' ') {
                length++;
            }
            start = getIndex();
            end = start + length;
        }

        @Override
        public int peek() {
            return spaced(super.peek(), 0);
        }

        @Override
        public int peek(int index) {
            return spaced(super.peek(index), index);
        }

        private int spaced(int c, int index) {
            boolean taken = c == '\t' && getIndex() + index >= start && getIndex() + index < end;
            return taken ? ' ' : c;
        }
    }

    private final Reader reader;
    private final Scanner scanner;
    private int flow;
    private int refused = -1;
    private int tabs;
    private int tokens;

    TabScanner(String text, LoaderOptions limits) {
        reader = new Reader(text);
        scanner = new ScannerImpl(reader, limits);
    }

    @Override
    public boolean checkToken(Token.ID... choices) {
        while (true) {
            try {
                return scanner.checkToken(choices);
            } catch (ScannerException e) {
                passOver(e);
            }
        }
    }

    @Override
    public boolean checkToken(Token.ID choice) {
        while (true) {
            try {
                return scanner.checkToken(choice);
            } catch (ScannerException e) {
                passOver(e);
            }
        }
    }

    @Override
    public Token peekToken() {
        while (true) {
            try {
                return scanner.peekToken();
            } catch (ScannerException e) {
                passOver(e);
            }
        }
    }

    @Override
    public Token getToken() {
        if (++tokens > MAX_TOKENS) {
            throw new YAMLException("more than " + MAX_TOKENS + " parts are in this file");
        }
        Token token = scanner.getToken();
        switch (token.getTokenId()) {
            case FlowMappingStart, FlowSequenceStart -> flow++;
            case FlowMappingEnd, FlowSequenceEnd -> flow--;
            default -> {}
        }
        return token;
    }

    @Override
    public void resetDocumentIndex() {
        scanner.resetDocumentIndex();
    }

    /** Lets the scanner go on behind a tab, or throws the exception if that is not what it stopped at. */
    private void passOver(ScannerException e) {
        if (reader.peek() != '\t') {
            throw e;
        }
        if (++tabs > MAX_TABS) {
            throw new YAMLException("more than " + MAX_TABS + " tabs stand between tokens");
        }
        if (flow > 0 || !reader.indents()) {
            reader.passOverTabs();
        } else if (refused == reader.getIndex()) {
            throw e;
        } else {
            // Tokens that the scanner has already may tell that this is within brackets.
            refused = reader.getIndex();
        }
    }
}
