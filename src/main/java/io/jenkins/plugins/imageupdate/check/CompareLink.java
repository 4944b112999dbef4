package io.jenkins.plugins.imageupdate.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The page of a known forge that shows what changed between two revisions. Both and the source are an image's own claims (OCI annotation
 * keys {@code org.opencontainers.image.revision} and {@code .source}), so anything unusual in them gives no link rather than a guess.
 */
public final class CompareLink {
    private static final int MAX_SOURCE = 300;
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    /** A commit or a tag in the characters that need no quoting. Not a range of two. */
    private static final Pattern REVISION = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._/+-]{0,99}");

    private CompareLink() {}

    /** Returns an https address; null if these texts do not give an unambiguous one. */
    @CheckForNull
    public static String of(@CheckForNull String source, @CheckForNull String before, @CheckForNull String after) {
        if (source == null || before == null || after == null || before.equals(after)) {
            return null;
        }
        if (!REVISION.matcher(before).matches() || !REVISION.matcher(after).matches()) {
            return null;
        }
        URI uri = address(source.strip());
        List<String> path = uri == null ? List.of() : segments(uri.getRawPath());
        String repository = path.isEmpty() ? null : repository(uri.getHost(), path);
        if (repository == null) {
            return null;
        }
        String range = encoded(before) + "..." + encoded(after);
        return switch (uri.getHost()) {
            case "gitlab.com" -> repository + "/-/compare/" + range;
            case "bitbucket.org" -> repository + "/branches/compare/" + encoded(after) + "%0D" + encoded(before);
            default -> repository + "/compare/" + range;
        };
    }

    /** Accepts an address with a path only. Ignores the fragment, in which Docker's official images name commit and folder. */
    @CheckForNull
    private static URI address(String source) {
        try {
            URI uri = new URI(source.length() > MAX_SOURCE ? "" : source);
            boolean plain = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() == -1
                    && uri.getRawQuery() == null;
            return plain ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Returns an empty list if a segment is unusual or percent-encoded. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(
                Arrays.asList(path.substring(Math.min(1, path.length())).split("/")));
        boolean usual =
                segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches() || segment.equals("-"));
        return usual ? segments : List.of();
    }

    /** Returns the repository's address without a suffix such as {@code /tree/main/images/app}; null if there is none. */
    @CheckForNull
    private static String repository(String host, List<String> path) {
        int end =
                switch (host) {
                    case "github.com" -> path.size() > 2 && !path.get(2).matches("tree|blob") ? 0 : 2;
                    case "bitbucket.org", "codeberg.org", "gitea.com" ->
                        path.size() > 2 && !path.get(2).equals("src") ? 0 : 2;
                    // GitLab allows nested groups, and does not allow a project called tree or blob.
                    case "gitlab.com" ->
                        path.contains("-")
                                ? path.indexOf("-")
                                : path.contains("tree") || path.contains("blob") ? 0 : path.size();
                    default -> 0;
                };
        if (end < 2 || path.size() < end || path.subList(0, end).contains("-")) {
            return null;
        }
        String name = String.join("/", path.subList(0, end));
        return "https://" + host + "/" + (name.endsWith(".git") ? name.substring(0, name.length() - 4) : name);
    }

    private static String encoded(String revision) {
        return URLEncoder.encode(revision, StandardCharsets.UTF_8);
    }
}
