package org.purertc.dtls.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/** What all handshakes of a factory share: identity, cryptography, threads, key log. */
public final class Endpoint implements AutoCloseable {

  private final Identity identity;

  private final HandshakeCrypto crypto;

  private final Certificate chain;

  /** Our ECDSA key in BouncyCastle's form, or null when it is an RSA key. */
  private final @Nullable AsymmetricKeyParameter curveKey;

  private final HandshakeThreads threads;
  private final @Nullable KeyLog keyLog;
  private final List<SrtpProfile> srtpProfiles;

  /**
   * @param srtpProfiles best first
   */
  public Endpoint(Identity identity, @Nullable Path keyLog, List<SrtpProfile> srtpProfiles) {
    this(identity, keyLog, srtpProfiles, HandshakeThreads.MAX_RUNNING);
  }

  Endpoint(
      Identity identity,
      @Nullable Path keyLog,
      List<SrtpProfile> srtpProfiles,
      int maxRunningHandshakes) {
    this.threads = new HandshakeThreads(maxRunningHandshakes);
    this.identity = identity;
    this.crypto = new HandshakeCrypto(new SecureRandom());
    this.srtpProfiles = srtpProfiles;
    try {
      TlsCertificate certificate = crypto.createCertificate(identity.encoded());
      this.chain = new Certificate(new TlsCertificate[] {certificate});
      this.curveKey =
          identity.isRsa() ? null : PrivateKeyFactory.createKey(identity.privateKey().getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("the certificate is not usable for DTLS", e);
    }
    this.keyLog = keyLog == null ? null : new KeyLog(keyLog);
  }

  Identity identity() {
    return identity;
  }

  HandshakeCrypto crypto() {
    return crypto;
  }

  /** Signs with our key by this algorithm. */
  TlsCredentialedSigner signer(
      TlsCryptoParameters parameters, SignatureAndHashAlgorithm algorithm) {
    return curveKey == null
        ? new JcaDefaultTlsCredentialedSigner(
            parameters, crypto, identity.privateKey(), chain, algorithm)
        : new BcDefaultTlsCredentialedSigner(
            parameters, crypto.arithmetic(), curveKey, chain, algorithm);
  }

  HandshakeThreads threads() {
    return threads;
  }

  @Nullable KeyLog keyLog() {
    return keyLog;
  }

  List<SrtpProfile> srtpProfiles() {
    return srtpProfiles;
  }

  @Override
  public void close() {
    threads.close();
    if (keyLog != null) {
      keyLog.close();
    }
  }
}
