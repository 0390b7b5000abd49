package org.purertc.dtls.internal;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsSecret;

/** One side's part of an X25519 key exchange (RFC 7748, RFC 8422 section 5.4). */
final class X25519Agreement implements TlsAgreement {
  private final HandshakeCrypto crypto;
  private final byte[] privateKey = new byte[X25519.SCALAR_SIZE];
  private byte[] peerValue = new byte[0];

  X25519Agreement(HandshakeCrypto crypto) {
    this.crypto = crypto;
  }

  @Override
  public byte[] generateEphemeral() {
    byte[] publicKey = new byte[X25519.POINT_SIZE];
    X25519.generatePrivateKey(crypto.getSecureRandom(), privateKey);
    X25519.generatePublicKey(privateKey, 0, publicKey, 0);
    return publicKey;
  }

  @Override
  public void receivePeerValue(byte[] value) throws TlsFatalAlert {
    if (value.length != X25519.POINT_SIZE) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter);
    }
    peerValue = value.clone();
  }

  @Override
  public TlsSecret calculateSecret() throws TlsFatalAlert {
    byte[] secret = new byte[X25519.POINT_SIZE];
    // RFC 8422 section 5.11: a shared secret of all zeros aborts the handshake.
    if (!X25519.calculateAgreement(privateKey, 0, peerValue, 0, secret, 0)) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    return crypto.createSecret(secret);
  }
}
