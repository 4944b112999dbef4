package io.jenkins.plugins.imageupdate.registry;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate by which this client shows itself to a registry, with what proves that it is its own. */
final class ClientIdentity {
    private static final String CHAIN = "client certificate";
    private static final String PRIVATE = "client's private key";

    private ClientIdentity() {}

    /** An {@link IllegalArgumentException} says what is wrong, and repeats nothing of the texts. */
    static KeyManager[] keyManagers(String chainPem, String privatePem) {
        List<X509Certificate> chain = Pem.certificates(CHAIN, chainPem);
        requireOrder(chain);
        PrivateKey own = privateKey(chain.get(0).getPublicKey(), encoded(privatePem));
        // Of a store that lives in memory for these few lines.
        char[] passphrase = UUID.randomUUID().toString().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", own, passphrase, chain.toArray(new X509Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, passphrase);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(CHAIN + ": this Java runtime cannot use it", e);
        }
    }

    private static void requireOrder(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw new IllegalArgumentException(CHAIN + ": certificate " + i + " was not issued by certificate "
                        + (i + 1) + "; the client's own comes first, then each one's issuer");
            }
        }
    }

    private static byte[] encoded(String privatePem) {
        List<Pem> blocks = Pem.parse(PRIVATE, privatePem).stream()
                // OpenSSL writes the curve's parameters in front of an EC key.
                .filter(block -> !block.label().equals("EC PARAMETERS"))
                .toList();
        if (blocks.size() != 1) {
            throw new IllegalArgumentException(
                    PRIVATE + ": exactly one \"PRIVATE KEY\" block is wanted, not " + blocks.size());
        }
        Pem block = blocks.get(0);
        return switch (block.label()) {
            case "PRIVATE KEY" -> block.content();
            case "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
                throw new IllegalArgumentException(PRIVATE
                        + ": \"" + block.label() + "\" is not read; convert it to unencrypted PKCS#8 with"
                        + " \"openssl pkcs8 -topk8 -nocrypt -in key.pem\"");
            default ->
                throw new IllegalArgumentException(
                        PRIVATE + ": a \"" + block.label() + "\" block is no PKCS#8 private key");
        };
    }

    private static PrivateKey privateKey(PublicKey counterpart, byte[] encoded) {
        String algorithm = counterpart.getAlgorithm();
        PrivateKey own;
        try {
            own = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            // Without the cause, which may quote what was read.
            throw new IllegalArgumentException(
                    PRIVATE + ": it is no PKCS#8 key of the client certificate's algorithm, " + algorithm);
        }
        if (!belongTogether(own, counterpart)) {
            throw new IllegalArgumentException(PRIVATE + ": it does not belong to the client certificate");
        }
        return own;
    }

    private static boolean belongTogether(PrivateKey own, PublicKey counterpart) {
        String algorithm =
                switch (counterpart.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> counterpart.getAlgorithm();
                };
        byte[] sample = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(own);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(counterpart);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
