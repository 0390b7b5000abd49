package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtpPolicy;

/** How packets are encrypted and authenticated. */
public enum CipherSuite {
  AES_CM_HMAC_SHA1_80 {
    @Override
    SrtpPolicy policy(int keyBytes, int saltBytes) {
      return new SrtpPolicy(
          SrtpPolicy.AESCM_ENCRYPTION,
          keyBytes,
          SrtpPolicy.HMACSHA1_AUTHENTICATION,
          20,
          10,
          saltBytes);
    }

    @Override
    PacketTransform transform(PacketKind kind, SessionKeys keys) throws GeneralSecurityException {
      return new CounterModeTransform(
          kind, keys.encryptionKey(kind), keys.salt(kind), keys.authenticationKey(kind));
    }
  },
  AES_GCM {
    @Override
    SrtpPolicy policy(int keyBytes, int saltBytes) {
      return new SrtpPolicy(
          SrtpPolicy.AESGCM_ENCRYPTION, keyBytes, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, saltBytes);
    }

    @Override
    PacketTransform transform(PacketKind kind, SessionKeys keys) throws GeneralSecurityException {
      return new AeadTransform(kind, keys.encryptionKey(kind), keys.salt(kind));
    }
  };

  abstract SrtpPolicy policy(int keyBytes, int saltBytes);

  abstract PacketTransform transform(PacketKind kind, SessionKeys keys)
      throws GeneralSecurityException;

  /** The two transforms of one direction, with their session keys. */
  record Transforms(PacketTransform rtp, PacketTransform rtcp) {}

  Transforms transforms(byte[] masterKey, byte[] masterSalt) {
    try {
      SessionKeys keys =
          new SessionKeys(policy(masterKey.length, masterSalt.length), masterKey, masterSalt);
      return new Transforms(transform(PacketKind.RTP, keys), transform(PacketKind.RTCP, keys));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks a cipher of " + this, e);
    }
  }
}
