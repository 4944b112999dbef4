package io.jenkins.plugins.imageupdate.registry.auth.google;

import static io.jenkins.plugins.imageupdate.registry.auth.SecretAttacks.CANARY;
import static io.jenkins.plugins.imageupdate.registry.auth.SecretAttacks.KEY;
import static io.jenkins.plugins.imageupdate.registry.auth.SecretAttacks.printed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.imageupdate.testing.Attack;
import java.util.List;

/** Google keys and identities that are printed. */
public final class GoogleSecretAttacks {
    public static final List<Attack> ROWS = List.of(
            printed("a signer", () -> JwtSigner.of(ServiceAccountKey.parse(KEY))),
            printed("an external account", GoogleSecretAttacks::externalAccount));

    private GoogleSecretAttacks() {}

    private static Object externalAccount() {
        ObjectNode account =
                JsonNodeFactory.instance.objectNode().put("audience", "a").put("subject_token_type", "t");
        ObjectNode source = account.putObject("credential_source").put("url", "https://a.example/" + CANARY);
        source.putObject("headers").put("X-Proof", CANARY);
        return ExternalAccount.parse(account);
    }
}
