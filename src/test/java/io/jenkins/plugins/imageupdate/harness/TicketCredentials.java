package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import jenkins.authentication.tokens.api.AuthenticationTokenException;
import jenkins.authentication.tokens.api.AuthenticationTokenSource;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;

/** A type of credential that only the plugin that brings it knows, and converts for Docker Commons. */
public final class TicketCredentials extends BaseStandardCredentials {
    private static final long serialVersionUID = 1L;

    /** What the conversion gives or throws. */
    private static volatile Callable<String> token = () -> "";

    public TicketCredentials(String id) {
        super(CredentialsScope.GLOBAL, id, "a ticket");
    }

    /** Makes the type and its converter known to this Jenkins. */
    public static void install() {
        ExtensionList.lookup(Descriptor.class).add(new DescriptorImpl());
        ExtensionList.lookup(AuthenticationTokenSource.class).add(new Converter());
    }

    public static void converts(Callable<String> newToken) {
        token = newToken;
    }

    public static String encoded(String userAndPassword) {
        return Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Converter extends AuthenticationTokenSource<DockerRegistryToken, TicketCredentials> {
        Converter() {
            super(DockerRegistryToken.class, TicketCredentials.class);
        }

        @Override
        public DockerRegistryToken convert(TicketCredentials credentials) throws AuthenticationTokenException {
            try {
                return new DockerRegistryToken("", token.call());
            } catch (AuthenticationTokenException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Without it the credential has no name. */
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        public String getDisplayName() {
            return "Ticket";
        }
    }
}
