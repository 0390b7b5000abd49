package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;
import javax.crypto.spec.SecretKeySpec;
import org.jitsi.srtp.SessionKeyDerivation;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;

/** The session keys of one direction, which jitsi-srtp derives from the master key. */
final class SessionKeys {

  static {
    Aes.setFactoryClassName("SunJCE"); // the JDK's AES is the fastest, no benchmark needed
  }

  private final SrtpPolicy policy;
  private final SessionKeyDerivation derivation;

  SessionKeys(SrtpPolicy policy, byte[] masterKey, byte[] masterSalt)
      throws GeneralSecurityException {
    this.policy = policy;
    this.derivation = new SessionKeyDerivation(masterKey, masterSalt, policy);
  }

  SecretKeySpec encryptionKey(PacketKind kind) throws GeneralSecurityException {
    return new SecretKeySpec(
        derivation.derive(kind.encryptionLabel, policy.getEncKeyLength()), "AES");
  }

  SecretKeySpec authenticationKey(PacketKind kind) throws GeneralSecurityException {
    return new SecretKeySpec(
        derivation.derive(kind.authenticationLabel, policy.getAuthKeyLength()), "HmacSHA1");
  }

  byte[] salt(PacketKind kind) throws GeneralSecurityException {
    return derivation.derive(kind.saltLabel, policy.getSaltKeyLength());
  }
}
