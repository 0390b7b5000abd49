package org.purertc.samples.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A server's certificate with those that lead to its root, and its private key.
 *
 * @param chain the server's own first
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey privateKey) {

  public ServerCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * Reads PEM files, as certbot and OpenSSL write them.
   *
   * @param certificates the server's own first
   * @param key not encrypted; may be the same file
   * @throws IOException says in one line what is wrong with them
   */
  public static ServerCertificate read(Path certificates, Path key) throws IOException {
    ServerCertificate read = new ServerCertificate(chain(certificates), privateKey(key));
    if (!read.isPair()) {
      throw new IOException(key + " is not the key of the certificate in " + certificates);
    }
    return read;
  }

  static List<X509Certificate> chain(Path file) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Object each : objects(file)) {
        if (each instanceof X509CertificateHolder it) {
          chain.add(new JcaX509CertificateConverter().getCertificate(it));
        }
      }
    } catch (CertificateException e) {
      throw new IOException("a certificate in " + file + " is broken", e);
    }
    if (chain.isEmpty()) {
      throw new IOException("no certificate in " + file + " (PEM is wanted)");
    }
    return chain;
  }

  private static PrivateKey privateKey(Path file) throws IOException {
    for (Object each : objects(file)) {
      if (each instanceof PrivateKeyInfo it) {
        return new JcaPEMKeyConverter().getPrivateKey(it);
      } else if (each instanceof PEMKeyPair it) {
        return new JcaPEMKeyConverter().getPrivateKey(it.getPrivateKeyInfo());
      }
    }
    throw new IOException("no private key in " + file + " (PEM without a password is wanted)");
  }

  private static List<Object> objects(Path file) throws IOException {
    List<Object> objects = new ArrayList<>();
    // Whatever stands beside the PEM, in whatever encoding.
    try (PEMParser parser = new PEMParser(Files.newBufferedReader(file, ISO_8859_1))) {
      for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
        objects.add(each);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("no such file: " + file, e);
    }
    return objects;
  }

  /** The certificate that the server itself shows. */
  public X509Certificate own() {
    return chain.get(0);
  }

  /** Whether what the key signs, the certificate verifies. */
  private boolean isPair() {
    String algorithm = "RSA".equals(privateKey.getAlgorithm()) ? "SHA256withRSA" : signatureName();
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      byte[] signed = signature.sign();
      signature.initVerify(own().getPublicKey());
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private String signatureName() {
    String key = privateKey.getAlgorithm();
    return key.startsWith("EC") ? "SHA256withECDSA" : key;
  }

  /** In the form that TLS engines take. */
  public KeyStore keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey, new char[0], chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has PKCS12", e);
    }
  }

  /** The key belongs into no log. */
  @Override
  public String toString() {
    return "certificate of " + own().getSubjectX500Principal();
  }
}
