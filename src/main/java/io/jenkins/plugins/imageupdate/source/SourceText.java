package io.jenkins.plugins.imageupdate.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text of a file from a workspace: Unicode of a bounded size, or a reason. A byte order mark at its start is left out. */
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
                throw new SourceException(line, "this is not text: it has a zero byte; it is binary or UTF-16");
            }
            line += value == '\n' ? 1 : 0;
        }
        ByteBuffer rest = ByteBuffer.wrap(content);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
            return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw new SourceException(lineOf(content, rest.position()), "this is not text in UTF-8");
        }
    }

    /** As {@link #of}, and UTF-16 too where a byte order mark says so, as YAML demands (YAML 1.2, section 5.2). */
    public static String ofYaml(byte[] content, int maxBytes) throws SourceException {
        boolean big = startsWith(content, 0xfe, 0xff);
        if (content.length > maxBytes || !big && !startsWith(content, 0xff, 0xfe)) {
            return of(content, maxBytes);
        }
        try {
            Charset charset = big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(content, 2, content.length - 2))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SourceException("this begins as UTF-16 and is not text in it");
        }
    }

    private static boolean startsWith(byte[] content, int first, int second) {
        return content.length >= 2 && content[0] == (byte) first && content[1] == (byte) second;
    }

    private static int lineOf(byte[] content, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            line += content[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
