package org.purertc.bench;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyAgreement;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * What a DTLS handshake cannot do without, with the JDK's own arithmetic: for each end one X25519
 * key pair, one agreement, one ECDSA signature and one verification on P-256. The floor beneath the
 * set-up of a peer ({@code bench connect}, CPU of a peer).
 */
public class SetupBenchmark extends InnerLoop {
  private static final int SIGNED_BYTES = 100;

  private final KeyPairGenerator ephemeral = generator("X25519", "X25519");
  private final KeyPair remote = ephemeral.generateKeyPair();
  private final KeyPair identity = generator("EC", "secp256r1").generateKeyPair();
  private final byte[] signed = new byte[SIGNED_BYTES];

  private static KeyPairGenerator generator(String algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(new ECGenParameterSpec(curve));
      return generator;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no keys on " + curve, e);
    }
  }

  @Benchmark
  public boolean ellipticCurves() throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(ephemeral.generateKeyPair().getPrivate());
    agreement.doPhase(remote.getPublic(), true);
    byte[] secret = agreement.generateSecret();
    signed[0] = secret[0];
    Signature ecdsa = Signature.getInstance("SHA256withECDSA");
    ecdsa.initSign(identity.getPrivate());
    ecdsa.update(signed);
    byte[] signature = ecdsa.sign();
    ecdsa.initVerify(identity.getPublic());
    ecdsa.update(signed);
    return ecdsa.verify(signature);
  }
}
