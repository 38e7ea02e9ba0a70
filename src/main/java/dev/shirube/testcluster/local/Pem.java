package dev.shirube.testcluster.local;

import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The text form of certificates and keys, <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC
 * 7468</a>.
 */
final class Pem {

  private static final int LINE_LENGTH = 64;

  private Pem() {}

  static String certificate(X509Certificate certificate) {
    try {
      return text("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate made here has no encoding", e);
    }
  }

  /**
   * As <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915</a> has it: from PKCS #8,
   * fabric8's client reads keys of RSA only.
   */
  static String privateKey(KeyPair keys) {
    ECPrivateKey key = (ECPrivateKey) keys.getPrivate();
    try {
      return text(
          "EC PRIVATE KEY",
          new org.bouncycastle.asn1.sec.ECPrivateKey(
                  key.getParams().getOrder().bitLength(),
                  key.getS(),
                  SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded())
                      .getPublicKeyData(),
                  SECObjectIdentifiers.secp256r1)
              .getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("a key made here has no encoding", e);
    }
  }

  static String publicKey(KeyPair keys) {
    return text("PUBLIC KEY", keys.getPublic().getEncoded());
  }

  private static String text(String label, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, encoder.encodeToString(der));
  }
}
