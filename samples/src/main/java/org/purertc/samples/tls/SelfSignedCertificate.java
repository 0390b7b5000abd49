package org.purertc.samples.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that nobody vouches for, made when there is none and kept, so that who accepted it
 * once is not asked again.
 */
public final class SelfSignedCertificate {
  /** What browsers take: Apple's no more than 825 days, also of one that the user trusts. */
  private static final Duration VALIDITY = Duration.ofDays(730);

  /** Made anew when it would expire while the server runs. */
  private static final Duration LEAST_LEFT = Duration.ofDays(30);

  private static final Duration CLOCK_ALLOWANCE = Duration.ofDays(1);

  private static final String SECRET_FILE = "tls-key.pem";
  private static final String PUBLIC_FILE = "tls-certificate.pem";

  private SelfSignedCertificate() {}

  /** Where {@link #in} puts what others may know: the certificate without its key. */
  public static Path publicFile(Path directory) {
    return directory.resolve(PUBLIC_FILE);
  }

  /**
   * The certificate that is kept in {@code directory}, or a new one.
   *
   * @param host what the server is called for sure; its machine's names and addresses are in a new
   *     certificate, too
   */
  public static ServerCertificate in(Path directory, String host) throws IOException {
    Path secret = directory.resolve(SECRET_FILE);
    if (Files.exists(secret)) {
      ServerCertificate kept = ServerCertificate.read(secret, secret);
      if (serves(kept.own(), host)) {
        return kept;
      }
    }
    Set<String> names = namesOfThisMachine();
    names.add(host);
    ServerCertificate made = make(names);
    Files.createDirectories(directory);
    write(secret, pem(made.own(), new JcaPKCS8Generator(made.privateKey(), null)), "rw-------");
    write(publicFile(directory), pem(made.own()), "rw-r--r--");
    return made;
  }

  private static boolean serves(X509Certificate certificate, String host) {
    return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(LEAST_LEFT))
        && namesIn(certificate).contains(plain(host));
  }

  /** The names and addresses for which a certificate stands. */
  static List<String> namesIn(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names.stream().map(it -> plain("" + it.get(1))).toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  /** Without the zone; IPv6 in the one form that Java has for it. */
  private static String plain(String name) {
    String bare = name.replaceFirst("%.*", "");
    try {
      // An address is not looked up anywhere.
      return isAddress(bare) ? InetAddress.getByName(bare).getHostAddress() : bare;
    } catch (UnknownHostException e) {
      return bare;
    }
  }

  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.matches("[0-9]+(\\.[0-9]+){3}");
  }

  private static Set<String> namesOfThisMachine() throws IOException {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      // A machine may have a name that it does not know itself.
    }
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .forEach(it -> names.add(it.getHostAddress()));
    return names;
  }

  /** Makes a certificate for names and addresses. */
  static ServerCertificate make(Set<String> names) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Principal subject = new X500Principal("CN=PureRTC on this machine");
      Instant now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(63, new SecureRandom()).setBit(62),
              Date.from(now.minus(CLOCK_ALLOWANCE)),
              Date.from(now.plus(VALIDITY)),
              subject,
              pair.getPublic());
      addExtensions(builder, names);
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      X509Certificate certificate =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return new ServerCertificate(List.of(certificate), pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("this JVM cannot make an ECDSA P-256 certificate", e);
    }
  }

  private static void addExtensions(JcaX509v3CertificateBuilder builder, Set<String> names)
      throws CertIOException {
    GeneralName[] alternatives =
        names.stream()
            .map(SelfSignedCertificate::plain)
            .distinct()
            .map(
                it ->
                    new GeneralName(
                        isAddress(it) ? GeneralName.iPAddress : GeneralName.dNSName, it))
            .toArray(GeneralName[]::new);
    builder
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
        // It signs nothing else: who trusts it trusts this one server.
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
  }

  private static String pem(Object... objects) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object each : objects) {
        writer.writeObject(each);
      }
    }
    return text.toString();
  }

  /** At once or not at all; nobody else could read it in between. */
  private static void write(Path file, String text, String permissions) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
            }
            : new FileAttribute<?>[0];
    Path draft = Files.createTempFile(directory, "tls", ".new", attributes);
    try {
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
