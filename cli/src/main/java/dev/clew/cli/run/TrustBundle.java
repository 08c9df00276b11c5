// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificates that this machine trusts anyway, as PEM. */
final class TrustBundle {
    private static final List<String> VARIABLES =
            List.of("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "AWS_CA_BUNDLE");
    private static final List<String> PLACES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem",
            "/etc/ssl/cert.pem");

    private TrustBundle() {}

    /** The user's own bundle if a variable names one, else the system's, else Java's. */
    static String pem(Map<String, String> environment) throws IOException, GeneralSecurityException {
        var candidates = Stream.concat(
                        VARIABLES.stream()
                                .map(name -> environment.getOrDefault(name, ""))
                                .filter(value -> !value.isEmpty()),
                        PLACES.stream())
                .map(Path::of)
                .filter(Files::isRegularFile)
                .filter(Files::isReadable)
                .findFirst();
        if (candidates.isPresent()) {
            var text = Files.readString(candidates.get());
            return text.endsWith("\n") ? text : text + '\n';
        }
        return ofJava();
    }

    private static String ofJava() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        var text = new StringBuilder();
        for (var manager : Arrays.asList(factory.getTrustManagers())) {
            if (manager instanceof X509TrustManager trust) {
                for (var certificate : trust.getAcceptedIssuers()) {
                    text.append(CertificateAuthority.pem(certificate));
                }
            }
        }
        return text.toString();
    }
}
