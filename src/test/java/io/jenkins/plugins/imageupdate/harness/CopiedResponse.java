package io.jenkins.plugins.imageupdate.harness;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps a copy of the response. */
final class CopiedResponse extends HttpServletResponseWrapper {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringWriter text = new StringWriter();
    private ServletOutputStream stream;
    private PrintWriter writer;

    CopiedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Body and headers. */
    List<String> contents() {
        List<String> contents = new ArrayList<>(List.of(bytes.toString(StandardCharsets.UTF_8), text.toString()));
        getHeaderNames().forEach(name -> contents.addAll(getHeaders(name)));
        return contents;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = copying(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new PrintWriter(copying(super.getWriter()));
        }
        return writer;
    }

    private ServletOutputStream copying(ServletOutputStream original) {
        return new ServletOutputStream() {
            @Override
            public void write(int one) throws IOException {
                original.write(one);
                bytes.write(one);
            }

            @Override
            public void write(byte[] content, int offset, int length) throws IOException {
                original.write(content, offset, length);
                bytes.write(content, offset, length);
            }

            @Override
            public void flush() throws IOException {
                original.flush();
            }

            @Override
            public void close() throws IOException {
                original.close();
            }

            @Override
            public boolean isReady() {
                return original.isReady();
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                original.setWriteListener(listener);
            }
        };
    }

    private Writer copying(PrintWriter original) {
        return new FilterWriter(original) {
            @Override
            public void write(int one) throws IOException {
                super.write(one);
                text.write(one);
            }

            @Override
            public void write(char[] content, int offset, int length) throws IOException {
                super.write(content, offset, length);
                text.write(content, offset, length);
            }

            @Override
            public void write(String content, int offset, int length) throws IOException {
                super.write(content, offset, length);
                text.write(content, offset, length);
            }
        };
    }
}
