package org.purertc.dtls.internal;

import java.io.IOException;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSAVerifier;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;

/** A certificate whose ECDSA signatures are verified by BouncyCastle's arithmetic. */
final class PeerCertificate extends JcaTlsCertificate {
  private final HandshakeCrypto handshakeCrypto;

  PeerCertificate(HandshakeCrypto crypto, byte[] encoding) throws IOException {
    super(crypto, encoding);
    this.handshakeCrypto = crypto;
  }

  @Override
  public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
    if (signatureAlgorithm != SignatureAlgorithm.ecdsa) {
      return super.createVerifier(signatureAlgorithm);
    }
    validateKeyUsageBit(KU_DIGITAL_SIGNATURE);
    AsymmetricKeyParameter key;
    try {
      key = PublicKeyFactory.createKey(getSubjectPublicKeyInfo());
    } catch (RuntimeException e) {
      // A point that is not on its curve, or a curve that nobody knows.
      throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
    }
    if (key instanceof ECPublicKeyParameters it) {
      return new BcTlsECDSAVerifier(handshakeCrypto.arithmetic(), it);
    }
    throw new TlsFatalAlert(AlertDescription.certificate_unknown);
  }
}
