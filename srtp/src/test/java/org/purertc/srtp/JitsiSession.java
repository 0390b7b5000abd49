package org.purertc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;

/** One direction of SRTP as jitsi-srtp's own contexts do it: an implementation to compare with. */
final class JitsiSession {

  static {
    Aes.setFactoryClassName("SunJCE");
  }

  private final boolean sender;
  private final SrtpContextFactory factory;
  private final Map<Integer, SrtpCryptoContext> rtp = new HashMap<>();
  private final Map<Integer, SrtcpCryptoContext> rtcp = new HashMap<>();

  private JitsiSession(boolean sender, SrtpProfile profile, byte[] key, byte[] salt) {
    this.sender = sender;
    this.factory =
        new SrtpContextFactory(
            sender, key, salt, policy(profile), policy(profile), new LoggerImpl("jitsi-srtp"));
  }

  static JitsiSession sender(SrtpProfile profile, byte[] key, byte[] salt) {
    return new JitsiSession(true, profile, key, salt);
  }

  static JitsiSession receiver(SrtpProfile profile, byte[] key, byte[] salt) {
    return new JitsiSession(false, profile, key, salt);
  }

  private static SrtpPolicy policy(SrtpProfile profile) {
    boolean aead = profile != SrtpProfile.AES128_CM_SHA1_80;
    return new SrtpPolicy(
        aead ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION,
        profile.keyBytes(),
        aead ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION,
        aead ? 0 : 20,
        profile.rtpOverheadBytes(),
        profile.saltBytes());
  }

  /** The other form of an RTP packet; null when it does not pass. */
  byte @Nullable [] rtp(byte[] packet) throws GeneralSecurityException {
    int ssrc = SrtpPair.ssrc(packet, 8);
    SrtpCryptoContext context = rtp.get(ssrc);
    if (context == null) {
      context = factory.deriveContext(ssrc, 0);
      rtp.put(ssrc, context);
    }
    JitsiBuffer buffer = buffer(packet);
    return result(
        sender ? context.transformPacket(buffer) : context.reverseTransformPacket(buffer, false),
        buffer);
  }

  /** The other form of an RTCP packet; null when it does not pass. */
  byte @Nullable [] rtcp(byte[] packet) throws GeneralSecurityException {
    int ssrc = SrtpPair.ssrc(packet, 4);
    SrtcpCryptoContext context = rtcp.get(ssrc);
    if (context == null) {
      context = factory.deriveControlContext(ssrc);
      rtcp.put(ssrc, context);
    }
    JitsiBuffer buffer = buffer(packet);
    return result(
        sender ? context.transformPacket(buffer) : context.reverseTransformPacket(buffer), buffer);
  }

  private static JitsiBuffer buffer(byte[] packet) {
    byte[] copy = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_OVERHEAD_BYTES);
    return new JitsiBuffer().of(copy, 0, packet.length);
  }

  private static byte @Nullable [] result(SrtpErrorStatus status, JitsiBuffer buffer) {
    return status == SrtpErrorStatus.OK
        ? Arrays.copyOf(buffer.getBuffer(), buffer.getLength())
        : null;
  }
}
