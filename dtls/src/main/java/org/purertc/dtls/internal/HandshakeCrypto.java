package org.purertc.dtls.internal;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Locale;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * TLS cryptography: records, hashes and RSA by the JDK's providers, which use the processor's
 * instructions; ECDSA and X25519 by BouncyCastle's arithmetic, which needs a half to a third of the
 * JDK's time for a verification. No provider is registered.
 */
final class HandshakeCrypto extends JcaTlsCrypto {
  private final BcTlsCrypto arithmetic;

  HandshakeCrypto(SecureRandom random) {
    super(new DefaultJcaJceHelper(), random, random);
    arithmetic = new BcTlsCrypto(random);
  }

  /** BouncyCastle's own cryptography, for elliptic curves. */
  BcTlsCrypto arithmetic() {
    return arithmetic;
  }

  /** BouncyCastle's own one keeps the state of a hash, a kilobyte, for the whole connection. */
  @Override
  public TlsNonceGenerator createNonceGenerator(byte[] additionalSeed) {
    return size -> {
      byte[] nonce = new byte[size];
      getSecureRandom().nextBytes(nonce);
      return nonce;
    };
  }

  @Override
  public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
    return new PeerCertificate(this, encoding);
  }

  @Override
  public TlsECDomain createECDomain(TlsECConfig config) {
    return config.getNamedGroup() == NamedGroup.x25519
        ? () -> new X25519Agreement(this)
        : super.createECDomain(config);
  }

  @Override
  protected TlsStreamSigner createStreamSigner(
      String algorithm,
      @Nullable AlgorithmParameterSpec parameter,
      PrivateKey key,
      boolean needsRandom)
      throws IOException {
    return super.createStreamSigner(jdkName(algorithm), parameter, key, needsRandom);
  }

  @Override
  protected TlsStreamVerifier createStreamVerifier(
      String algorithm, @Nullable AlgorithmParameterSpec parameter, byte[] signature, PublicKey key)
      throws IOException {
    return super.createStreamVerifier(jdkName(algorithm), parameter, signature, key);
  }

  /** The JDK has one name for all PSS signatures; hash and salt length are in the parameters. */
  private static String jdkName(String algorithm) {
    return algorithm.toUpperCase(Locale.ROOT).endsWith("WITHRSAANDMGF1") ? "RSASSA-PSS" : algorithm;
  }
}
