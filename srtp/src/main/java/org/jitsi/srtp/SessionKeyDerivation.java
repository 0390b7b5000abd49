package org.jitsi.srtp;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.NullUnmarked;

/**
 * Lets jitsi-srtp's key derivation (RFC 3711 section 4.3) be used without one of its contexts,
 * which derive the same session keys again for each SSRC.
 */
@NullUnmarked
public final class SessionKeyDerivation {
  private final SrtpKdf function;

  /** The key derivation rate is 0: each label has one key for as long as the master key lasts. */
  public SessionKeyDerivation(byte[] masterKey, byte[] masterSalt, SrtpPolicy policy)
      throws GeneralSecurityException {
    function = new SrtpKdf(masterKey, masterSalt, policy);
  }

  /** The session key of a label of RFC 3711 section 4.3.2. */
  public byte[] derive(int label, int bytes) throws GeneralSecurityException {
    byte[] key = new byte[bytes];
    function.deriveSessionKey(key, (byte) label);
    return key;
  }
}
