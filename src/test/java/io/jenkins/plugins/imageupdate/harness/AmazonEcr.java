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
import io.jenkins.plugins.imageupdate.testing.EcrTokens;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;

/** A stand-in for the plugin Amazon ECR: a new object at each lookup, and a request to Amazon at each reading of its password. */
public final class AmazonEcr extends CredentialsProvider {
    public static final String ID = "ecr:eu-west-1:aws";

    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static volatile String password = "";

    public static void install() {
        ExtensionList.lookup(CredentialsProvider.class).add(new AmazonEcr());
    }

    /** What Amazon gives from now on, as the registry wants it. */
    public static void gives(String password) {
        AmazonEcr.password = password;
    }

    /** How often Amazon was asked for a token. */
    public static int requests() {
        return REQUESTS.get();
    }

    @Override
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup group, Authentication user, List<DomainRequirement> requirements) {
        return Stream.of(new Login()).filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> type, Item item, Authentication user, List<DomainRequirement> requirements) {
        return getCredentialsInItemGroup(type, item.getParent(), user, requirements);
    }

    private static final class Login extends BaseStandardCredentials implements StandardUsernamePasswordCredentials {
        private static final long serialVersionUID = 1L;

        Login() {
            super(CredentialsScope.GLOBAL, ID, "Amazon ECR");
        }

        @Override
        public String getUsername() {
            return "AWS";
        }

        @Override
        public Secret getPassword() {
            REQUESTS.incrementAndGet();
            return Secret.fromString(EcrTokens.authorization(password));
        }
    }
}
