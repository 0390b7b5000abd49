package org.purertc.internal.peer;

import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.SrtpKeys;
import org.purertc.srtp.SrtpKeyring;
import org.purertc.srtp.SrtpProfile;
import org.purertc.srtp.SrtpSession;

/**
 * SRTP over one transport, RFC 5764: DTLS gives the keys, and the first packet makes the session,
 * so that a peer without media has none. Loop thread only.
 */
final class SrtpPath {
  /** What protecting adds to a packet at most: RTCP's index and AES-GCM's tag. */
  static final int MAX_OVERHEAD_BYTES = 20;

  private @Nullable DtlsSession association;
  private @Nullable SrtpKeyring keyring;

  /** Whether the keyring has the keys of {@link #association}. */
  private boolean current;

  private long rejectedPackets;

  /** A handshake has ended. */
  void connected(DtlsSession dtls, long nowNs) {
    association = dtls;
    current = false;
    if (keyring != null) {
      keyring(nowNs); // what comes may have either keys
    }
  }

  /** Whether packets can be protected: DTLS was connected and the remote speaks SRTP. */
  boolean isReady() {
    return association != null && association.srtpKeys() != null;
  }

  /** The IANA name of a protection profile, as W3C's statistics have it. */
  static String cipherName(int profile) {
    return switch (profile) {
      case 1 -> "SRTP_AES128_CM_HMAC_SHA1_80";
      case 2 -> "SRTP_AES128_CM_HMAC_SHA1_32";
      case 7 -> "SRTP_AEAD_AES_128_GCM";
      case 8 -> "SRTP_AEAD_AES_256_GCM";
      default -> "unknown";
    };
  }

  /** Packets that were forged, repeated or broken, or came before the keys. */
  long rejectedPackets() {
    return rejectedPackets;
  }

  /**
   * Opens a packet in place.
   *
   * @return its new length; negative when it is to be dropped
   */
  int unprotect(DatagramKind kind, byte[] buffer, int offset, int length, long nowNs) {
    SrtpKeyring keys = keyring(nowNs);
    int opened =
        keys == null
            ? SrtpSession.AUTHENTICATION_FAILED
            : kind == DatagramKind.RTCP
                ? keys.unprotectRtcp(buffer, offset, length, nowNs)
                : keys.unprotectRtp(buffer, offset, length, nowNs);
    if (opened < 0) {
      rejectedPackets++;
    }
    return opened;
  }

  /**
   * Protects a packet in place; there must be room for {@link #MAX_OVERHEAD_BYTES} behind it.
   *
   * @return its new length; negative when it cannot be sent
   */
  int protect(DatagramKind kind, byte[] buffer, int offset, int length, long nowNs) {
    SrtpKeyring keys = keyring(nowNs);
    if (keys == null) {
      return SrtpSession.MALFORMED;
    }
    return kind == DatagramKind.RTCP
        ? keys.protectRtcp(buffer, offset, length)
        : keys.protectRtp(buffer, offset, length);
  }

  private @Nullable SrtpKeyring keyring(long nowNs) {
    DtlsSession dtls = association;
    SrtpKeys keys = dtls == null ? null : dtls.srtpKeys();
    if (!current && dtls != null && keys != null) {
      current = true;
      SrtpSession session = session(dtls.role(), keys);
      if (keyring == null) {
        keyring = new SrtpKeyring(session);
      } else {
        keyring.replace(session, nowNs);
      }
    }
    return keyring;
  }

  private static SrtpSession session(DtlsRole role, SrtpKeys keys) {
    boolean client = role == DtlsRole.CLIENT;
    return new SrtpSession(
        SrtpProfile.of(keys.profile()),
        client ? keys.clientKey() : keys.serverKey(),
        client ? keys.clientSalt() : keys.serverSalt(),
        client ? keys.serverKey() : keys.clientKey(),
        client ? keys.serverSalt() : keys.clientSalt());
  }
}
