package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** A stand-in for a plugin that reads credentials from a vault over the network: its getters may be slow, and may throw anything. */
public final class Vault extends RemoteCredentials {
    public static final String TEXT = "vault-text";
    public static final String LOGIN = "vault-login";
    public static final String FILE = "vault-file";

    private static volatile Supplier<String> answer = () -> "a secret of the vault";
    private static volatile Runnable listing = () -> {};

    public static void install() {
        new Vault().add();
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
    List<Credentials> made() {
        listing.run();
        return List.of(new Text(), new Login(), new File());
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
