package io.jenkins.plugins.imageupdate.testing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the distribution API: {@code /v2/<repository>/<kind>/<rest>}.
 *
 * @param kind {@code manifests}, {@code blobs}, {@code uploads} or {@code tags}
 * @param rest a tag, a digest, an upload's id (empty for a new one) or {@code list}
 */
record RegistryPath(String repository, String kind, String rest) {
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile("/v2/(" + COMPONENT + "(?:/" + COMPONENT + ")*)/"
            + "(?:blobs/(uploads)/([^/]*)|(manifests|blobs|tags)/([^/]+))");

    static Optional<RegistryPath> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int kind = matcher.group(2) == null ? 4 : 2;
        return Optional.of(new RegistryPath(
                matcher.group(1), matcher.group(kind), matcher.group(kind + 1).replace("%3A", ":")));
    }
}
