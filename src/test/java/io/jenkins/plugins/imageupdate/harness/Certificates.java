package io.jenkins.plugins.imageupdate.harness;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import io.jenkins.plugins.imageupdate.testing.LoopbackCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Certificate credentials, with the key and certificate of {@link LoopbackCertificate}. */
public final class Certificates {
    private static final String PASSPHRASE = "a long passphrase";

    private Certificates() {}

    public static StandardCertificateCredentials credential(String id) throws Exception {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(LoopbackCertificate.pem().getBytes(StandardCharsets.US_ASCII)));
        String body = LoopbackCertificate.privatePem().replaceAll("-----[A-Z ]+-----", "");
        PrivateKey own = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", own, PASSPHRASE.toCharArray(), new Certificate[] {certificate});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, PASSPHRASE.toCharArray());
        return new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                id,
                "a certificate",
                PASSPHRASE,
                new CertificateCredentialsImpl.UploadedKeyStoreSource(null, SecretBytes.fromBytes(out.toByteArray())));
    }
}
