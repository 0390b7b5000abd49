package org.purertc.samples.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Certificates that a client trusts in place of the JVM's; as a command's option, by their file.
 */
public final class TrustedCertificates implements ITypeConverter<SSLContext> {

  @Override
  public SSLContext convert(String file) {
    try {
      return read(Path.of(file));
    } catch (IOException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads a PEM file with one certificate or more: of authorities, or a server's own.
   *
   * @throws IOException says in one line what is wrong with it
   */
  public static SSLContext read(Path file) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(file).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  /**
   * The same in the form that other libraries than the JDK's take.
   *
   * @throws IOException as above
   */
  public static TrustManagerFactory managers(Path file) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate each : ServerCertificate.chain(file)) {
        store.setCertificateEntry("trusted " + store.size(), each);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      return managers;
    } catch (GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  private static IOException unusable(Path file, GeneralSecurityException why) {
    return new IOException("the certificates in " + file + " cannot be used", why);
  }
}
