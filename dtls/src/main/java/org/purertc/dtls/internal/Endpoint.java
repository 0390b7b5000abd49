package org.purertc.dtls.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** What all handshakes of a factory share: identity, cryptography, threads, key log. */
public final class Endpoint implements AutoCloseable {

  private final Identity identity;

  /** The JDK's own providers; no provider is registered. */
  private final JcaTlsCrypto crypto;

  private final Certificate chain;
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
    this.crypto = new JdkTlsCrypto(new SecureRandom());
    this.srtpProfiles = srtpProfiles;
    try {
      TlsCertificate certificate = crypto.createCertificate(identity.encoded());
      this.chain = new Certificate(new TlsCertificate[] {certificate});
    } catch (IOException e) {
      throw new IllegalStateException("the certificate is not usable for DTLS", e);
    }
    this.keyLog = keyLog == null ? null : new KeyLog(keyLog);
  }

  Identity identity() {
    return identity;
  }

  JcaTlsCrypto crypto() {
    return crypto;
  }

  Certificate chain() {
    return chain;
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
