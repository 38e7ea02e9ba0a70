package dev.shirube.testcluster.local;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate authority of one cluster, made anew for every start: whom it signed for, the
 * cluster trusts. The keys are ECDSA P-256, which costs a millisecond where RSA costs a hundred.
 *
 * <p>Who needs which certificate is told by <a
 * href="https://kubernetes.io/docs/setup/best-practices/certificates/">PKI certificates and
 * requirements</a>.
 */
final class CertificateAuthority {

  private static final Duration VALIDITY = Duration.ofDays(365);

  /** Clocks of hosts and containers differ a little. */
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 64;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final X500Name name = new X500Name("CN=shirube-test-cluster");
  private final KeyPair keys;
  private final Credential credential;

  CertificateAuthority(Clock clock) {
    this.clock = clock;
    keys = newKeys();
    credential =
        sign(
            name,
            keys,
            new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature),
            List.of(),
            List.of());
  }

  /** The authority's own certificate and key. */
  Credential own() {
    return credential;
  }

  /**
   * A certificate by which a client proves who it is.
   *
   * @param user the name that Kubernetes gives the client
   * @param groups the groups it belongs to
   */
  Credential client(String user, String... groups) {
    return leaf(user, List.of(groups), List.of(KeyPurposeId.id_kp_clientAuth), List.of());
  }

  /**
   * A certificate for a server.
   *
   * @param names the DNS names and IP addresses under which clients reach it
   */
  Credential server(String commonName, List<String> names) {
    return leaf(commonName, List.of(), List.of(KeyPurposeId.id_kp_serverAuth), names);
  }

  /** A certificate for a server that is its own client too, as etcd's members are. */
  Credential peer(String commonName, List<String> names) {
    return leaf(
        commonName,
        List.of(),
        List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),
        names);
  }

  /** A key pair without a certificate: ServiceAccount tokens are signed with one. */
  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK knows ECDSA P-256", e);
    }
  }

  private Credential leaf(
      String commonName, List<String> groups, List<KeyPurposeId> purposes, List<String> names) {
    X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
    groups.forEach(group -> subject.addRDN(BCStyle.O, group));
    subject.addRDN(BCStyle.CN, commonName);
    return sign(
        subject.build(), newKeys(), new KeyUsage(KeyUsage.digitalSignature), purposes, names);
  }

  private Credential sign(
      X500Name subject,
      KeyPair subjectKeys,
      KeyUsage usage,
      List<KeyPurposeId> purposes,
      List<String> names) {
    Instant now = clock.instant();
    boolean authority = subject.equals(name);
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
              Date.from(now.minus(BACKDATING)),
              Date.from(now.plus(VALIDITY)),
              subject,
              subjectKeys.getPublic());
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
          .addExtension(Extension.keyUsage, true, usage)
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              extensions.createSubjectKeyIdentifier(subjectKeys.getPublic()))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(keys.getPublic()));
      if (!purposes.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
      }
      if (!names.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      }
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
      return new Credential(certificate, subjectKeys);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("no certificate for " + subject, e);
    }
  }

  private static GeneralNames alternatives(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(
                name ->
                    new GeneralName(
                        isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String name) {
    return Arrays.stream(name.split("\\.")).allMatch(part -> part.matches("\\d+"));
  }
}
