package io.jenkins.plugins.imageupdate.registry.http;

import io.jenkins.plugins.imageupdate.registry.FailureKind;
import io.jenkins.plugins.imageupdate.registry.RegistryException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Why no TLS connection came about; the JDK's own words where they say what to do. */
final class TlsRefusal {
    private TlsRefusal() {}

    static RegistryException of(SSLException thrown) {
        String reason = String.valueOf(thrown.getMessage());
        if (reason.contains("nrecognized SSL message")) {
            return new RegistryException(
                    FailureKind.NOT_A_REGISTRY, "it does not speak TLS: plain http, or not a web server");
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException) {
                reason = "its certificate has expired, unless the controller's clock is fast: " + t.getMessage();
            } else if (t instanceof CertificateNotYetValidException) {
                reason = "its certificate is not valid yet, unless the controller's clock is slow: " + t.getMessage();
            }
        }
        return new RegistryException(FailureKind.TLS, reason);
    }
}
