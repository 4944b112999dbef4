package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.imageupdate.testing.EcrTokens;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in for the plugin Amazon ECR: a new object at each lookup, and a request to Amazon at each reading of its password. */
public final class AmazonEcr extends RemoteCredentials {
    public static final String ID = "ecr:eu-west-1:aws";

    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static volatile String password = "";

    public static void install() {
        new AmazonEcr().add();
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
    List<Credentials> made() {
        return List.of(new Login());
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
