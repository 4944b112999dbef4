package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.plugins.imageupdate.registry.RegistryEndpoint;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import io.jenkins.plugins.imageupdate.registry.auth.Authentication;
import io.jenkins.plugins.imageupdate.registry.auth.google.Authentications;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;

/**
 * Credentials that another plugin converts to a {@link DockerRegistryToken}, as {@code docker.withRegistry} uses them. Needs the plugins
 * Docker Commons and Authentication Tokens API. The last source: a conversion does not say why it fails.
 */
@Extension(optional = true, ordinal = -100)
public final class DockerTokenLogins extends LoginSource {
    @Override
    boolean takes(StandardCredentials credentials) {
        return AuthenticationTokens.matcher(DockerRegistryToken.class).matches(credentials);
    }

    @Override
    boolean fits(StandardCredentials credentials, RegistryEndpoint endpoint, boolean controllerIdentity) {
        return true;
    }

    @Override
    Authentication read(StandardCredentials credentials) throws RegistryException {
        String id = credentials.getId();
        DockerRegistryToken token = ForeignCode.call(id, () -> convert(credentials));
        if (token == null) {
            throw new IllegalArgumentException(
                    "the plugin that converts its type for Docker Commons gave no login; the log"
                            + " recorder jenkins.authentication.tokens at level FINE says why");
        }
        String login = decoded(ForeignCode.call(id, token::getToken));
        int colon = login.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(
                    "the plugin that converts its type for Docker Commons gave something that is not base64 of user:password");
        }
        return Authentications.ofUserPassword(id, login.substring(0, colon), login.substring(colon + 1));
    }

    /** Public, so that Jenkins meets the type when it loads this class, and leaves the class out if the type is missing. */
    @CheckForNull
    public static DockerRegistryToken convert(StandardCredentials credentials) {
        return AuthenticationTokens.convert(DockerRegistryToken.class, credentials);
    }

    private static String decoded(@CheckForNull String token) {
        try {
            return token == null ? "" : new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
