package io.jenkins.plugins.imageupdate.registry.auth;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a token server is asked for: {@code GET realm?service=…&scope=…}. Equal requests of one login share one token.
 *
 * @param realm the token server's address, as a challenge named it
 * @param service may be empty
 * @param scope of one repository only, {@code repository:PATH:pull}
 */
record TokenRequest(URI realm, String service, String scope) {
    private static final String ONE_REPOSITORY = "repository:%s:pull";
    private static final Pattern ACTIONS = Pattern.compile("[a-z_*]{1,40}(?:,[a-z_*]{1,40}){0,9}");

    /** From a bearer challenge; the scope is made here where the registry leaves it out, as gcr.io does. */
    static TokenRequest of(Challenge challenge, Authorizer.Scope scope) throws RegistryException {
        URI realm;
        try {
            realm = new URI(challenge.parameter("realm"));
        } catch (URISyntaxException e) {
            throw new RegistryException(
                    FailureKind.CONFIGURATION,
                    "the registry names a token server that is not a URL, in the realm of its WWW-Authenticate header; its external URL"
                            + " may be set wrongly");
        }
        return new TokenRequest(realm, challenge.parameter("service"), scope(challenge, scope.repository()));
    }

    /** The registry's own scope counts while it is about this repository alone: no token is asked for that opens another. */
    private static String scope(Challenge challenge, String repository) {
        String offered = challenge.parameter("scope");
        String ours = "repository:" + repository + ":";
        boolean usable = offered.startsWith(ours)
                && ACTIONS.matcher(offered.substring(ours.length())).matches();
        return usable ? offered : ONE_REPOSITORY.formatted(repository);
    }

    /** The same server and rights, for another repository. */
    TokenRequest about(String repository) {
        String actions = scope.substring(scope.lastIndexOf(':') + 1);
        return new TokenRequest(realm, service, "repository:" + repository + ":" + actions);
    }

    /** @param others requests of the same server whose scopes the token is to have too, each in a parameter of its own */
    URI uri(List<TokenRequest> others) {
        StringBuilder uri = new StringBuilder(realm.toString());
        uri.append(realm.getRawQuery() == null ? '?' : '&').append("scope=").append(encoded(scope));
        others.forEach(other -> uri.append("&scope=").append(encoded(other.scope)));
        if (!service.isEmpty()) {
            uri.append("&service=").append(encoded(service));
        }
        return URI.create(uri.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
