package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/** A stand-in for a plugin that reads credentials from a vault over the network: its getters may be slow, and may throw anything. */
public final class Vault extends CredentialsProvider {
    public static final String TEXT = "vault-text";
    public static final String LOGIN = "vault-login";
    public static final String FILE = "vault-file";

    private static volatile Supplier<String> answer = () -> "a secret of the vault";
    private static volatile Runnable listing = () -> {};

    public static void install() {
        ExtensionList.lookup(CredentialsProvider.class).add(new Vault());
    }

    /** What every getter returns or throws from now on. */
    public static void answers(Supplier<String> answer) {
        Vault.answer = answer;
    }

    /** What the provider does before it lists its credentials. */
    public static void lists(Runnable listing) {
        Vault.listing = listing;
    }

    @SuppressWarnings("unchecked")
    public static <T extends Throwable> String fail(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Override
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup group, Authentication user, List<DomainRequirement> requirements) {
        listing.run();
        return Stream.of(new Text(), new Login(), new File())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> type, Item item, Authentication user, List<DomainRequirement> requirements) {
        return getCredentialsInItemGroup(type, item.getParent(), user, requirements);
    }

    private static final class Text extends BaseStandardCredentials implements StringCredentials {
        private static final long serialVersionUID = 1L;

        Text() {
            super(CredentialsScope.GLOBAL, TEXT, "a text in the vault");
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString(answer.get());
        }
    }

    private static final class Login extends BaseStandardCredentials implements StandardUsernamePasswordCredentials {
        private static final long serialVersionUID = 1L;

        Login() {
            super(CredentialsScope.GLOBAL, LOGIN, "a login in the vault");
        }

        @Override
        public String getUsername() {
            return answer.get();
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString(answer.get());
        }
    }

    private static final class File extends BaseStandardCredentials implements FileCredentials {
        private static final long serialVersionUID = 1L;

        File() {
            super(CredentialsScope.GLOBAL, FILE, "a file in the vault");
        }

        @Override
        public String getFileName() {
            return "key.json";
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.get().getBytes(StandardCharsets.UTF_8));
        }
    }
}
