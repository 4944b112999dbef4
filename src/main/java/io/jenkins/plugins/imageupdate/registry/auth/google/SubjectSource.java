package io.jenkins.plugins.imageupdate.registry.auth.google;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.imageupdate.registry.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a workload's own token is read: a file or a URL (AIP-4117, "file-sourced" and "URL-sourced credentials").
 *
 * @param file a path, or null
 * @param url set where the path is not
 * @param headers for the URL; they may be secrets
 * @param field of a JSON document that holds the token, null where the token is the whole text
 */
record SubjectSource(
        @CheckForNull String file,
        @CheckForNull URI url,
        Map<String, String> headers,
        @CheckForNull String field) {
    /**
     * An {@link IllegalArgumentException} refuses what is neither: programs to run and AWS's signed requests are other mechanisms,
     * with dangers of their own.
     */
    static SubjectSource parse(JsonNode source) {
        if (source.has("executable")) {
            throw new IllegalArgumentException(
                    "refused: its \"credential_source\" is a program to run (\"executable\");"
                            + " use a file or a URL");
        }
        if (source.has("environment_id")) {
            throw new IllegalArgumentException(
                    "refused: its \"credential_source\" is of AWS (\"environment_id\");" + " use a file or a URL");
        }
        String file = Json.text(source, "file");
        String url = Json.text(source, "url");
        if (file.isBlank() == url.isBlank()) {
            throw new IllegalArgumentException(
                    "its \"credential_source\" has to name a \"file\" or a \"url\", and one only");
        }
        String field = field(source.path("format"));
        return url.isBlank()
                ? new SubjectSource(file, null, Map.of(), field)
                : ofUrl(url, source.path("headers"), field);
    }

    @CheckForNull
    private static String field(JsonNode format) {
        String type = Json.text(format, "type");
        if (type.isEmpty() || type.equals("text")) {
            return null;
        }
        String field = Json.text(format, "subject_token_field_name");
        if (!type.equals("json") || field.isEmpty()) {
            throw new IllegalArgumentException(
                    "the \"format\" of its \"credential_source\" has to be \"text\", or \"json\" with"
                            + " a \"subject_token_field_name\"");
        }
        return field;
    }

    private static SubjectSource ofUrl(String text, JsonNode given, @CheckForNull String field) {
        URI url;
        Map<String, String> headers = new LinkedHashMap<>();
        given.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        try {
            url = new URI(text);
            // Has the JDK refuse here what it would refuse when the request is made.
            HttpRequest.Builder request = HttpRequest.newBuilder(url);
            headers.forEach(request::setHeader);
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Without its cause, which may repeat a header's value.
            throw new IllegalArgumentException(
                    "the \"url\" or the \"headers\" of its \"credential_source\" are not valid");
        }
        if (!LocalAddress.mayBeAsked(url)) {
            throw new IllegalArgumentException(
                    "refused: the \"url\" of its \"credential_source\" is neither https nor on this"
                            + " machine: over plain http only localhost, loopback and link-local addresses are asked");
        }
        return new SubjectSource(null, url, headers, field);
    }

    @Override
    public String toString() {
        return "SubjectSource[" + (file == null ? "url" : "file") + "]";
    }
}
