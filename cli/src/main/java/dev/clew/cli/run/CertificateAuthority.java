// SPDX-License-Identifier: Apache-2.0
package dev.clew.cli.run;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority that lives as long as this process and may speak for one domain only. Its key never leaves
 * memory, so whoever finds its certificate later cannot misuse the trust that a command once put in it.
 */
final class CertificateAuthority {
    private static final X500Name NAME = new X500Name("CN=Clew temporary CA");
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final int SERIAL_BITS = 120;
    private static final int PEM_LINE = 64;

    private final SecureRandom random = new SecureRandom();
    private final String domain;
    private final Instant now;
    private final KeyPair key;
    private final KeyPair leafKey;
    private final X509Certificate certificate;

    /** An authority for {@code domain} and what is below it, valid from about {@code now} on. */
    CertificateAuthority(String domain, Instant now) throws GeneralSecurityException, IOException {
        this.domain = domain;
        this.now = now;
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        key = generator.generateKeyPair();
        leafKey = generator.generateKeyPair();
        certificate = sign(root());
    }

    /** The authority's own certificate as PEM. */
    String pem() throws GeneralSecurityException {
        return pem(certificate);
    }

    static String pem(Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /**
     * What a TLS server for {@code host} needs.
     *
     * @throws IllegalArgumentException if the host is outside of the domain
     */
    SSLContext serverContext(String host) throws GeneralSecurityException, IOException {
        if (!host.endsWith('.' + domain)) {
            throw new IllegalArgumentException(host + ": outside of " + domain);
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var nothing = new char[0];
        store.setKeyEntry("host", leafKey.getPrivate(), nothing, new Certificate[] {sign(leaf(host)), certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, nothing);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, random);
        return context;
    }

    private X509v3CertificateBuilder root() throws GeneralSecurityException, IOException {
        var extensions = new JcaX509ExtensionUtils();
        var permitted = new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain));
        return builder(NAME, key)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {permitted}, null))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key.getPublic()));
    }

    private X509v3CertificateBuilder leaf(String host) throws GeneralSecurityException, IOException {
        var extensions = new JcaX509ExtensionUtils();
        return builder(new X500Name("CN=Clew"), leafKey)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, host)))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        extensions.createSubjectKeyIdentifier(leafKey.getPublic()))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        extensions.createAuthorityKeyIdentifier(key.getPublic()));
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKey) {
        return new JcaX509v3CertificateBuilder(
                NAME,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFETIME)),
                subject,
                subjectKey.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
