package org.purertc.srtp.internal;

import java.security.GeneralSecurityException;
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

/**
 * The crypto contexts of one direction, one for each SSRC and each of RTP and RTCP, RFC 3711
 * section 3.2.3. Results are lengths, or the negative numbers of {@code SrtpSession}.
 */
public final class CryptoContexts {
  private static final int AUTHENTICATION_FAILED = -1;
  private static final int REPLAYED = -2;
  private static final int MALFORMED = -3;
  private static final int TOO_MANY_STREAMS = -4;

  static {
    Aes.setFactoryClassName("SunJCE"); // the JDK's AES is the fastest, no benchmark needed
  }

  private final boolean sender;
  private final int maxStreams;
  private final SrtpContextFactory factory;
  private final PacketBuffer packet = new PacketBuffer();
  private final Map<Integer, SrtpCryptoContext> rtp = new HashMap<>();
  private final Map<Integer, SrtcpCryptoContext> rtcp = new HashMap<>();
  private @Nullable SrtpCryptoContext lastRtp;

  /**
   * Makes no context yet: that happens with the first packet of each SSRC.
   *
   * @param aead AES-GCM, otherwise AES-CM with HMAC-SHA1-80
   */
  public CryptoContexts(boolean sender, boolean aead, byte[] key, byte[] salt, int maxStreams) {
    this.sender = sender;
    this.maxStreams = maxStreams;
    SrtpPolicy policy = policy(aead, key.length, salt.length);
    this.factory =
        new SrtpContextFactory(
            sender,
            key.clone(),
            salt.clone(),
            policy,
            policy(aead, key.length, salt.length),
            new LoggerImpl("org.jitsi.srtp"));
  }

  private static SrtpPolicy policy(boolean aead, int keyBytes, int saltBytes) {
    return aead
        ? new SrtpPolicy(
            SrtpPolicy.AESGCM_ENCRYPTION,
            keyBytes,
            SrtpPolicy.NULL_AUTHENTICATION,
            0,
            16,
            saltBytes)
        : new SrtpPolicy(
            SrtpPolicy.AESCM_ENCRYPTION,
            keyBytes,
            SrtpPolicy.HMACSHA1_AUTHENTICATION,
            20,
            10,
            saltBytes);
  }

  /** Protects or unprotects an RTP packet of at least a header's length. */
  public int transformRtp(byte[] buffer, int offset, int length) {
    int ssrc = i32(buffer, offset + 8);
    SrtpCryptoContext context = lastRtp;
    if (context == null || context.getSsrc() != ssrc) {
      context = rtp.get(ssrc);
    }
    boolean unknown = context == null;
    if (unknown && rtp.size() >= maxStreams) {
      return TOO_MANY_STREAMS;
    }
    try {
      if (context == null) {
        context = factory.deriveContext(ssrc, 0);
      }
      packet.of(buffer, offset, length);
      SrtpErrorStatus status =
          sender ? context.transformPacket(packet) : context.reverseTransformPacket(packet, false);
      if (status == SrtpErrorStatus.OK) {
        if (unknown) {
          rtp.put(ssrc, context); // only an authenticated packet makes a stream
        }
        lastRtp = context;
      }
      return result(status, length);
    } catch (GeneralSecurityException | RuntimeException e) {
      return MALFORMED; // the library indexes by what the packet says of itself
    } finally {
      packet.release();
    }
  }

  /** Protects or unprotects an RTCP packet of at least a header's length. */
  public int transformRtcp(byte[] buffer, int offset, int length) {
    int ssrc = i32(buffer, offset + 4);
    SrtcpCryptoContext context = rtcp.get(ssrc);
    boolean unknown = context == null;
    if (unknown && rtcp.size() >= maxStreams) {
      return TOO_MANY_STREAMS;
    }
    try {
      if (context == null) {
        context = factory.deriveControlContext(ssrc);
      }
      packet.of(buffer, offset, length);
      SrtpErrorStatus status =
          sender ? context.transformPacket(packet) : context.reverseTransformPacket(packet);
      if (status == SrtpErrorStatus.OK && unknown) {
        rtcp.put(ssrc, context);
      }
      return result(status, length);
    } catch (GeneralSecurityException | RuntimeException e) {
      return MALFORMED; // the library indexes by what the packet says of itself
    } finally {
      packet.release();
    }
  }

  private int result(SrtpErrorStatus status, int lengthBefore) {
    if (status == SrtpErrorStatus.OK && sender && packet.getLength() == lengthBefore) {
      // The library passes over a cipher that refused: never let a packet out in the clear.
      throw new IllegalStateException("the cipher did not protect the packet");
    }
    return switch (status) {
      case OK -> packet.getLength();
      case REPLAY_FAIL, REPLAY_OLD -> REPLAYED;
      case INVALID_PACKET -> MALFORMED;
      case AUTH_FAIL, FAIL -> AUTHENTICATION_FAILED;
    };
  }

  private static int i32(byte[] buffer, int at) {
    return (buffer[at] & 0xff) << 24
        | (buffer[at + 1] & 0xff) << 16
        | (buffer[at + 2] & 0xff) << 8
        | buffer[at + 3] & 0xff;
  }
}
