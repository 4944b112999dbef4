package io.jenkins.plugins.imageupdate.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ServiceAccountKeysTest {
    @Test
    void keysLookLikeGooglesAndSign() throws Exception {
        String text = ServiceAccountKeys.create("acme", "ci@acme.iam.gserviceaccount.com", "canary-7");
        JsonNode key = new ObjectMapper().readTree(text);
        assertEquals("service_account", key.path("type").textValue());
        assertEquals("canary-7", key.path("private_key_id").textValue());
        assertTrue(text.lines().count() > 10 && text.contains("\\n"));
        assertTrue(text.length() > 2000, "as long as real ones, which broke limits elsewhere");

        String pem = key.path("private_key").textValue();
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        PrivateKey signer = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        byte[] message = "assertion".getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(signer);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(ServiceAccountKeys.publicKey());
        signature.update(message);
        assertTrue(signature.verify(signed));
    }
}
