package io.jenkins.plugins.imageupdate.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotMetadataCredentials;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotMetadataCredentialsModule;
import com.google.jenkins.plugins.credentials.oauth.GoogleRobotPrivateKeyCredentials;
import com.google.jenkins.plugins.credentials.oauth.JsonServiceAccountConfig;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.harness.AmazonEcr;
import io.jenkins.plugins.imageupdate.harness.RegistryFixture;
import io.jenkins.plugins.imageupdate.harness.TicketCredentials;
import io.jenkins.plugins.imageupdate.testing.IdTokens;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Locale;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** The kinds of credentials that people have, with the real classes of the plugins that bring them, except Amazon's. */
enum CredentialKind {
    KEY_FILE("Secret file with a service account's key", "Plain Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) {
            return registry.secretFile(id());
        }
    },
    KEY_TEXT("Secret text with a service account's key", "Plain Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) {
            return registry.secretText(id());
        }
    },
    KEY_LOGIN("Username with password, user `_json_key` or `_json_key_base64`", "Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) {
            return registry.login(id());
        }
    },
    ROBOT_KEY("Google Service Account from private key", "Google OAuth Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) throws Exception {
            JsonServiceAccountConfig account = new JsonServiceAccountConfig();
            account.setFilename("key.json");
            account.setSecretJsonKey(SecretBytes.fromBytes(registry.key.getBytes(StandardCharsets.UTF_8)));
            return new GoogleRobotPrivateKeyCredentials(CredentialsScope.GLOBAL, id(), "p", "a robot", account, null);
        }
    },
    ROBOT_METADATA("Google Service Account from metadata", "Google OAuth Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) throws Exception {
            return new GoogleRobotMetadataCredentials(
                    CredentialsScope.GLOBAL, id(), "p", "the machine", new GoogleRobotMetadataCredentialsModule());
        }
    },
    ID_TOKEN("OpenID Connect id token", "OpenID Connect Provider") {
        @Override
        StandardCredentials make(RegistryFixture registry) {
            IdTokenStringCredentials token = new IdTokenStringCredentials(CredentialsScope.GLOBAL, id(), "an id token");
            token.setAudience(IdTokens.AUDIENCE);
            return token;
        }
    },
    ACCESS_TOKEN("Secret text with an access token", "Plain Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) {
            registry.front.grantAccessToken("ya29.a0AfB_access-token", "p/*");
            return new StringCredentialsImpl(
                    CredentialsScope.GLOBAL, id(), "a token", Secret.fromString("ya29.a0AfB_access-token"));
        }
    },
    AMAZON("Amazon ECR", "Amazon ECR") {
        @Override
        String id() {
            return AmazonEcr.ID;
        }

        @Override
        StandardCredentials make(RegistryFixture registry) {
            return null;
        }
    },
    AMAZON_LOGIN("Username with password, user `AWS`", "Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) throws Exception {
            registry.front.grantUser("AWS", "the password of AWS", "p/*");
            return new UsernamePasswordCredentialsImpl(
                    CredentialsScope.GLOBAL, id(), "Amazon's", "AWS", "the password of AWS");
        }
    },
    LOGIN("Username with password, any other user", "Credentials") {
        @Override
        StandardCredentials make(RegistryFixture registry) throws Exception {
            registry.front.grantUser("reader", "the password of a reader", "p/*");
            return new UsernamePasswordCredentialsImpl(
                    CredentialsScope.GLOBAL, id(), "a login", "reader", "the password of a reader");
        }
    },
    CONVERTED("any type that a plugin converts for Docker Commons", "Docker Commons, and that plugin") {
        @Override
        StandardCredentials make(RegistryFixture registry) {
            registry.front.grantUser("ticket", "the password of a ticket", "p/*");
            TicketCredentials.converts(() -> TicketCredentials.encoded("ticket:the password of a ticket"));
            return new TicketCredentials(id());
        }
    },
    OTHER("any other type, such as a certificate or an SSH key", "") {
        @Override
        StandardCredentials make(RegistryFixture registry) throws Exception {
            KeyStore empty = KeyStore.getInstance("PKCS12");
            empty.load(null, null);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            empty.store(out, "a long password".toCharArray());
            return new CertificateCredentialsImpl(
                    CredentialsScope.GLOBAL,
                    id(),
                    "a certificate",
                    "a long password",
                    new CertificateCredentialsImpl.UploadedKeyStoreSource(
                            null, SecretBytes.fromBytes(out.toByteArray())));
        }
    };

    final String title;
    final String plugins;

    CredentialKind(String title, String plugins) {
        this.title = title;
        this.plugins = plugins;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A credential that may read {@code p/*}; null if a provider has it already. */
    abstract StandardCredentials make(RegistryFixture registry) throws Exception;
}
