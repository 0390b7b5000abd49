package org.purertc.srtp;

import org.purertc.srtp.internal.ReceivingContexts;
import org.purertc.srtp.internal.Result;
import org.purertc.srtp.internal.SendingContexts;

/**
 * SRTP and SRTCP in both directions for one DTLS association: packets are protected and unprotected
 * in place. Not thread-safe: one thread at a time.
 *
 * <p>A packet that does not pass gives one of the negative results below; its bytes are as they
 * were, and nothing else has changed: a forged packet makes no stream.
 *
 * <p>The rollover counter is not in the packets (RFC 3711 section 3.3.1). It starts at 0 with the
 * first packet of an SSRC that is sent, and a receiver finds out when all packets before the first
 * wrap were lost. A stream that is joined later, after more than one wrap or the half of one,
 * cannot be read; WebRTC does not meet that, because keys are new with each association. An SSRC
 * that is used again in the same association goes on with its counter: its sequence numbers must go
 * on too.
 *
 * <p>Encrypted header extensions (RFC 6904, RFC 9335) are not supported.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3711">RFC 3711</a>
 */
public final class SrtpSession {

  /** The authentication tag is wrong. */
  public static final int AUTHENTICATION_FAILED = Result.AUTHENTICATION_FAILED;

  /**
   * The packet was received before, or is too old to tell, RFC 3711 section 3.3.2; when sending,
   * its index was used before: keep the protected bytes for a retransmission.
   */
  public static final int REPLAYED = Result.REPLAYED;

  /** Too short, its header points outside of it, or RTCP that says it is not encrypted. */
  public static final int MALFORMED = Result.MALFORMED;

  /** The session holds {@link #MAX_STREAMS} streams already. */
  public static final int TOO_MANY_STREAMS = Result.TOO_MANY_STREAMS;

  /**
   * The stream has used all indexes that a key has (2^48 for RTP, 2^31 for RTCP), RFC 3711 section
   * 9.2: only a new DTLS association goes on.
   */
  public static final int KEY_LIFETIME_EXCEEDED = Result.KEY_LIFETIME_EXCEEDED;

  /** Streams (SSRCs) in each direction that have a context at most. */
  public static final int MAX_STREAMS = 1_024;

  /** What protecting adds to a packet of any profile at most. */
  public static final int MAX_OVERHEAD_BYTES = 20;

  private final SrtpProfile profile;
  private final SendingContexts sending;
  private final ReceivingContexts receiving;

  /**
   * Takes the keys as {@code use_srtp} exports them, RFC 5764 section 4.2: what the DTLS client
   * writes is local for the client and remote for the server. The arrays are not kept.
   *
   * @throws IllegalArgumentException when a key or salt has the wrong length for the profile
   */
  public SrtpSession(
      SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
    this.profile = profile;
    requireLengths("local", profile, localKey, localSalt);
    requireLengths("remote", profile, remoteKey, remoteSalt);
    this.sending = new SendingContexts(profile.suite(), localKey, localSalt, MAX_STREAMS);
    this.receiving = new ReceivingContexts(profile.suite(), remoteKey, remoteSalt, MAX_STREAMS);
  }

  public SrtpProfile profile() {
    return profile;
  }

  private static void requireLengths(String side, SrtpProfile profile, byte[] key, byte[] salt) {
    if (key.length != profile.keyBytes() || salt.length != profile.saltBytes()) {
      throw new IllegalArgumentException(
          side
              + " key and salt are "
              + key.length
              + " and "
              + salt.length
              + " bytes, "
              + profile
              + " needs "
              + profile.keyBytes()
              + " and "
              + profile.saltBytes());
    }
  }

  /**
   * Protects an RTP packet in place.
   *
   * @param buffer with room for {@link SrtpProfile#rtpOverheadBytes} behind the packet
   * @return the new length, or a negative result
   */
  public int protectRtp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, profile.rtpOverheadBytes());
    return sending.protectRtp(buffer, offset, length);
  }

  /**
   * Authenticates and decrypts an SRTP packet in place.
   *
   * @return the new length, or a negative result
   */
  public int unprotectRtp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, 0);
    return receiving.unprotectRtp(buffer, offset, length);
  }

  /**
   * Protects a compound RTCP packet in place.
   *
   * @param buffer with room for {@link SrtpProfile#rtcpOverheadBytes} behind the packet
   * @return the new length, or a negative result
   */
  public int protectRtcp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, profile.rtcpOverheadBytes());
    return sending.protectRtcp(buffer, offset, length);
  }

  /**
   * Authenticates and decrypts an SRTCP packet in place.
   *
   * @return the new length, or a negative result
   */
  public int unprotectRtcp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, 0);
    return receiving.unprotectRtcp(buffer, offset, length);
  }

  private static void requireRoom(byte[] buffer, int offset, int length, int overhead) {
    if (offset < 0 || length < 0 || length + overhead > buffer.length - offset) {
      throw new IndexOutOfBoundsException(
          "packet of "
              + length
              + " bytes at "
              + offset
              + " needs "
              + overhead
              + " bytes behind it in a buffer of "
              + buffer.length);
    }
  }
}
