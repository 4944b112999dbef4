package io.jenkins.plugins.imageupdate.registry.http;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blocks of the textual encoding of RFC 7468; what stands around them is passed over, as OpenSSL does. Messages name what is wrong, and
 * never what was read.
 *
 * @param what the text it is from, for messages
 * @param label such as {@code CERTIFICATE}
 * @param body what stands between the two lines
 */
record Pem(String what, String label, String body) {
    private static final int MAX_LENGTH = 1024 * 1024;
    private static final Pattern LINE = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]{1,40})-----");

    /** Every block, in the order of the text. */
    static List<Pem> parse(String what, String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + ": longer than " + MAX_LENGTH + " characters");
        }
        List<Pem> blocks = new ArrayList<>();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            String label = line.group(2);
            int start = line.end();
            if (line.group(1).equals("END")) {
                throw new IllegalArgumentException(what + ": an \"END " + label + "\" line without its \"BEGIN\"");
            }
            if (!line.find() || !line.group(1).equals("END") || !line.group(2).equals(label)) {
                throw new IllegalArgumentException(
                        what + ": the \"BEGIN " + label + "\" block has no \"END\" line, so it is cut short");
            }
            blocks.add(new Pem(what, label, text.substring(start, line.start())));
        }
        return blocks;
    }

    /** The certificates of a text that may hold nothing else. */
    static List<X509Certificate> certificates(String what, String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem block : parse(what, text)) {
            if (block.label.contains("PRIVATE KEY")) {
                throw new IllegalArgumentException(
                        what + ": a private key among the certificates; it does not belong here, remove it");
            }
            if (!block.label.equals("CERTIFICATE")) {
                throw new IllegalArgumentException(
                        what + ": a \"" + block.label + "\" block; only \"CERTIFICATE\" blocks are read");
            }
            certificates.add(block.certificate(certificates.size() + 1));
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    what + ": no certificate; paste the text from \"-----BEGIN CERTIFICATE-----\" to its \"END\" line");
        }
        return certificates;
    }

    private X509Certificate certificate(int number) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content()));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(what + ": block " + number + " is not an X.509 certificate");
        }
    }

    byte[] content() {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message repeats a character of the content.
            throw new IllegalArgumentException(what + ": the \"" + label + "\" block is not base64");
        }
    }

    /** The content may be secret. */
    @Override
    public String toString() {
        return "Pem[" + label + "]";
    }
}
