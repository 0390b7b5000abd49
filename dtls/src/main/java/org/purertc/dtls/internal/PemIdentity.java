package org.purertc.dtls.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** Reads certificate and private key from text, RFC 7468. */
final class PemIdentity {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** RFC 8827 section 6.5: RSA keys shorter than this are refused by browsers. */
  private static final int MIN_RSA_BITS = 2048;

  private PemIdentity() {}

  static Identity parse(String pem) {
    byte[] certificateDer = null;
    byte[] keyDer = null;
    String keyLabel = "";
    Matcher blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      String label = blocks.group(1);
      if (label.equals("CERTIFICATE") && certificateDer == null) {
        certificateDer = decode(label, blocks.group(2)); // the first is the leaf
      } else if (label.endsWith("PRIVATE KEY") && keyDer == null) {
        keyLabel = label;
        keyDer = decode(label, blocks.group(2));
      }
    }
    if (certificateDer == null) {
      throw new IllegalArgumentException(
          "PEM without a certificate: expected a block -----BEGIN CERTIFICATE-----");
    }
    if (keyDer == null) {
      throw new IllegalArgumentException(
          "PEM without a private key: expected a block -----BEGIN PRIVATE KEY-----,"
              + " -----BEGIN EC PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----");
    }
    X509Certificate certificate = certificate(certificateDer);
    PrivateKey key = privateKey(keyLabel, keyDer, certificate.getPublicKey());
    checkPair(certificate.getPublicKey(), key);
    return new Identity(certificate, key);
  }

  private static byte[] decode(String label, String text) {
    // RFC 1421 headers stand only in encrypted keys of the old form.
    if (label.startsWith("ENCRYPTED") || text.contains("ENCRYPTED")) {
      throw new IllegalArgumentException(
          "the private key is encrypted: decrypt it first, for example with"
              + " openssl pkey -in key.pem -out plain.pem");
    }
    try {
      return Base64.getMimeDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("PEM block " + label + " is not base64", e);
    }
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("PEM block CERTIFICATE is not an X.509 certificate", e);
    }
  }

  private static PrivateKey privateKey(String label, byte[] der, PublicKey publicKey) {
    String algorithm = publicKey.getAlgorithm();
    if (!algorithm.equals("EC") && !algorithm.equals("RSA")) {
      throw new IllegalArgumentException(
          "the certificate's key is " + algorithm + ": only ECDSA and RSA work in WebRTC");
    }
    try {
      byte[] pkcs8 = pkcs8(label, der, publicKey);
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (InvalidKeySpecException | IOException | RuntimeException e) {
      // The ASN.1 parsers throw several unchecked exceptions over what a user may have pasted.
      throw new IllegalArgumentException(
          "PEM block " + label + " is not readable as a private key for " + algorithm, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + algorithm, e);
    }
  }

  private static byte[] pkcs8(String label, byte[] der, PublicKey publicKey) throws IOException {
    @Nullable PrivateKeyInfo wrapped =
        switch (label) {
          // RFC 5915: the curve may be missing in the key, the certificate always has it.
          case "EC PRIVATE KEY" ->
              new PrivateKeyInfo(
                  SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()).getAlgorithm(),
                  ECPrivateKey.getInstance(der));
          // RFC 8017 appendix A.1.2.
          case "RSA PRIVATE KEY" ->
              new PrivateKeyInfo(
                  new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                  RSAPrivateKey.getInstance(der));
          default -> null;
        };
    return wrapped == null ? der : wrapped.getEncoded();
  }

  private static void checkPair(PublicKey publicKey, PrivateKey privateKey) {
    if (publicKey instanceof java.security.interfaces.RSAPublicKey rsa
        && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw new IllegalArgumentException(
          "the RSA key has "
              + rsa.getModulus().bitLength()
              + " bits: at least "
              + MIN_RSA_BITS
              + " are needed");
    }
    String algorithm = publicKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    boolean paired;
    try {
      byte[] probe = {1, 2, 3, 4};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(probe);
      paired = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      paired = false;
    }
    if (!paired) {
      throw new IllegalArgumentException(
          "the private key does not belong to the certificate: their public keys differ");
    }
  }
}
