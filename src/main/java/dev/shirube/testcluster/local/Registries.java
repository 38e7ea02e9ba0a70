package dev.shirube.testcluster.local;

import java.util.List;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * The registries that nodes pull from. Both serve the {@link
 * dev.shirube.testcluster.image.ImageStore}, read-only: one stands for all registries of the world
 * and asks nobody for a password, the other is the private one of {@value #PRIVATE_HOST}.
 *
 * @param address of the control plane
 */
public record Registries(String address) {

  /**
   * The private registry, as the names of images have it; RFC 2606 keeps it from being anybody's.
   */
  public static final String PRIVATE_HOST = "registry.example.com";

  /** Who may pull from the private registry. */
  public static final String PRIVATE_USER = "app";

  /** No secret: whoever reaches the registry has the cluster's keys at hand. */
  public static final String PRIVATE_PASSWORD = "change-me";

  static final String PROGRAM = "registry";
  static final String MIRROR = "registry-mirror";
  static final String PRIVATE = "registry-private";

  /** The store, as {@link HostFolder#mount} shows it to the control plane. */
  static final String STORE = "store";

  private static final int MIRROR_PORT = 5000;
  private static final int BCRYPT_COST = 4; // the least there is
  private static final int BCRYPT_SALT_BYTES = 16;

  Part mirror(HostFolder folder) {
    folder.write(
        "etc/registry-mirror.yml",
        settings()
            + """
            http:
              addr: %s:%d
            """
                .formatted(address, MIRROR_PORT));
    return part(MIRROR);
  }

  Part privateRegistry(HostFolder folder, CertificateAuthority authority) {
    Credential server = authority.server(PRIVATE_HOST, List.of(PRIVATE_HOST, address));
    folder.write("pki/registry.crt", server.certificatePem());
    folder.write("pki/registry.key", server.keyPem());
    folder.write("etc/htpasswd", PRIVATE_USER + ":" + hash(PRIVATE_PASSWORD) + "\n");
    folder.write(
        "etc/registry-private.yml",
        settings()
            + """
            http:
              addr: %s:443
              tls:
                certificate: pki/registry.crt
                key: pki/registry.key
            auth:
              htpasswd:
                realm: %s
                path: etc/htpasswd
            """
                .formatted(address, PRIVATE_HOST));
    return part(PRIVATE);
  }

  private static String settings() {
    return """
    version: 0.1
    log:
      level: warn
    storage:
      filesystem:
        rootdirectory: /shirube/%s
      maintenance:
        readonly:
          enabled: true
    """
        .formatted(STORE);
  }

  private static Part part(String name) {
    return new Part(
        name,
        List.of(
            "env", "OTEL_TRACES_EXPORTER=none", "bin/" + PROGRAM, "serve", "etc/" + name + ".yml"));
  }

  /** Tells a node's containerd where images come from: {@code certs.d}, and the host's name. */
  void introduce(HostFolder node) {
    // As "server" of the default, it also takes the place of the registry that an image names: what
    // is not there is not found, as it would be there, and no name has to be looked up.
    node.write(
        "etc/certs.d/_default/hosts.toml",
        "server = \"http://%s:%d\"\n".formatted(address, MIRROR_PORT));
    node.write(
        "etc/certs.d/" + PRIVATE_HOST + "/hosts.toml",
        """
        server = "https://%s"
        ca = "/shirube/pki/ca.crt"
        """
            .formatted(PRIVATE_HOST));
    node.write("etc/hosts", "127.0.0.1 localhost\n" + address + " " + PRIVATE_HOST + "\n");
  }

  private static String hash(String password) {
    byte[] salt = new byte[BCRYPT_SALT_BYTES];
    new java.security.SecureRandom().nextBytes(salt);
    return OpenBSDBCrypt.generate("2y", password.toCharArray(), salt, BCRYPT_COST);
  }
}
