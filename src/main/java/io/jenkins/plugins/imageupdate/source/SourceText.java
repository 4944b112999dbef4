package io.jenkins.plugins.imageupdate.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of a file from a workspace: UTF-8 of a bounded size, or a reason. A byte order mark at its start is left out. */
public final class SourceText {
    private static final int KIBI = 1024;
    private static final String MARK = "\uFEFF";

    private SourceText() {}

    /**
     * @param content the file; of a larger one, one byte more than the limit is enough
     */
    public static String of(byte[] content, int maxBytes) throws SourceException {
        if (content.length > maxBytes) {
            throw new SourceException("the file is larger than " + maxBytes / KIBI + " KiB; it is not read");
        }
        int line = 1;
        for (byte value : content) {
            if (value == 0) {
                throw new SourceException(line, "this is no text: there is a zero byte; it is binary or UTF-16");
            }
            line += value == '\n' ? 1 : 0;
        }
        ByteBuffer rest = ByteBuffer.wrap(content);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
            return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw new SourceException(lineOf(content, rest.position()), "this is no text in UTF-8");
        }
    }

    private static int lineOf(byte[] content, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            line += content[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
