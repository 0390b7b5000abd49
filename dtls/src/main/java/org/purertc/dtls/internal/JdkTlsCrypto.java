package org.purertc.dtls.internal;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Locale;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** TLS cryptography by the JDK's own providers; BouncyCastle's provider is not needed. */
final class JdkTlsCrypto extends JcaTlsCrypto {

  JdkTlsCrypto(SecureRandom random) {
    super(new DefaultJcaJceHelper(), random, random);
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
