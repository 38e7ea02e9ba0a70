package dev.shirube.testcluster.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final CertificateAuthority authority =
      new CertificateAuthority(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void theAuthorityMaySignAndALeafMayNot() {
    assertTrue(authority.own().certificate().getBasicConstraints() >= 0);
    assertEquals(-1, authority.client("somebody").certificate().getBasicConstraints());
  }

  @Test
  void aClientIsItsUserAndItsGroups() {
    X509Certificate certificate =
        authority.client("system:node:node-1", "system:nodes").certificate();
    assertEquals(
        "CN=system:node:node-1,O=system:nodes", certificate.getSubjectX500Principal().getName());
  }

  @Test
  void aServerHasItsNamesAndAddresses() throws Exception {
    List<String> names = List.of("localhost", "kubernetes.default.svc", "127.0.0.1", "198.18.1.2");
    X509Certificate certificate = authority.server("kube-apiserver", names).certificate();
    assertEquals(
        names,
        certificate.getSubjectAlternativeNames().stream()
            .map(name -> (String) name.get(1))
            .collect(Collectors.toList()));
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
  }

  @Test
  void oneAuthorityDoesNotVouchForAnothersCertificates() throws Exception {
    CertificateAuthority other = new CertificateAuthority(Clock.systemUTC());
    X509Certificate certificate = authority.client("somebody").certificate();
    certificate.verify(authority.own().certificate().getPublicKey());
    assertThrows(
        SignatureException.class,
        () -> certificate.verify(other.own().certificate().getPublicKey()));
    assertNotEquals(authority.own().certificatePem(), other.own().certificatePem());
  }

  @Test
  void aCertificateIsValidFromALittleBeforeToAYearAfter() throws Exception {
    X509Certificate certificate = authority.client("somebody").certificate();
    certificate.checkValidity(Date.from(NOW.minus(Duration.ofMinutes(1))));
    certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(360))));
  }

  @Test
  void thePemTextIsReadBack() throws Exception {
    Credential credential = authority.client("somebody");
    byte[] pem = credential.certificatePem().getBytes(StandardCharsets.US_ASCII);
    assertEquals(
        credential.certificate(),
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    assertTrue(credential.keyPem().startsWith("-----BEGIN EC PRIVATE KEY-----\n"));
    assertTrue(credential.keyPem().lines().allMatch(line -> line.length() <= 64));
  }

  @Test
  void keysAreNeverUsedTwice() {
    assertNotEquals(authority.client("one").keyPem(), authority.client("one").keyPem());
  }
}
