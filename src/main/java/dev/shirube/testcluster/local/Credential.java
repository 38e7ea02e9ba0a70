package dev.shirube.testcluster.local;

import java.security.KeyPair;
import java.security.cert.X509Certificate;

/** A certificate and the keys that it belongs to. */
record Credential(X509Certificate certificate, KeyPair keys) {

  String certificatePem() {
    return Pem.certificate(certificate);
  }

  String keyPem() {
    return Pem.privateKey(keys);
  }
}
