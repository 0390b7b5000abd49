package org.purertc.srtp;

import org.purertc.srtp.internal.CryptoContexts;

/**
 * SRTP and SRTCP in both directions for one DTLS association: packets are protected and unprotected
 * in place. Not thread-safe: one thread at a time.
 *
 * <p>A packet that does not pass gives one of the negative results below; its bytes are then
 * undefined, and nothing else has changed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3711">RFC 3711</a>
 */
public final class SrtpSession {

  /** The authentication tag is wrong. */
  public static final int AUTHENTICATION_FAILED = -1;

  /**
   * The packet was received before, or is too old to tell, RFC 3711 section 3.3.2; when sending,
   * its index was used before: keep the protected bytes for a retransmission.
   */
  public static final int REPLAYED = -2;

  /** Too short, or its header points outside of it. */
  public static final int MALFORMED = -3;

  /** The session holds {@link #MAX_STREAMS} streams already. */
  public static final int TOO_MANY_STREAMS = -4;

  /** Streams (SSRCs) in each direction that have a context at most. */
  public static final int MAX_STREAMS = 1_024;

  private static final int RTP_HEADER_BYTES = 12;
  private static final int RTCP_HEADER_BYTES = 8;

  private final SrtpProfile profile;
  private final CryptoContexts sending;
  private final CryptoContexts receiving;

  /**
   * Takes the keys as {@code use_srtp} exports them, RFC 5764 section 4.2.
   *
   * @throws IllegalArgumentException when a key or salt has the wrong length for the profile
   */
  public SrtpSession(
      SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
    this.profile = profile;
    this.sending = contexts("local", profile, localKey, localSalt);
    this.receiving = contexts("remote", profile, remoteKey, remoteSalt);
  }

  private static CryptoContexts contexts(
      String side, SrtpProfile profile, byte[] key, byte[] salt) {
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
    boolean sender = side.equals("local");
    return new CryptoContexts(sender, profile.isAead(), key, salt, MAX_STREAMS);
  }

  /**
   * Protects an RTP packet in place.
   *
   * @param buffer with room for {@link SrtpProfile#rtpOverheadBytes} behind the packet
   * @return the new length, or a negative result
   */
  public int protectRtp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, profile.rtpOverheadBytes());
    if (length < RTP_HEADER_BYTES) {
      return MALFORMED;
    }
    return sending.transformRtp(buffer, offset, length);
  }

  /**
   * Authenticates and decrypts an SRTP packet in place.
   *
   * @return the new length, or a negative result
   */
  public int unprotectRtp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, 0);
    if (length < RTP_HEADER_BYTES + profile.rtpOverheadBytes()) {
      return MALFORMED;
    }
    return receiving.transformRtp(buffer, offset, length);
  }

  /**
   * Protects a compound RTCP packet in place.
   *
   * @param buffer with room for {@link SrtpProfile#rtcpOverheadBytes} behind the packet
   * @return the new length, or a negative result
   */
  public int protectRtcp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, profile.rtcpOverheadBytes());
    if (length < RTCP_HEADER_BYTES) {
      return MALFORMED;
    }
    return sending.transformRtcp(buffer, offset, length);
  }

  /**
   * Authenticates and decrypts an SRTCP packet in place.
   *
   * @return the new length, or a negative result
   */
  public int unprotectRtcp(byte[] buffer, int offset, int length) {
    requireRoom(buffer, offset, length, 0);
    if (length < RTCP_HEADER_BYTES + profile.rtcpOverheadBytes()) {
      return MALFORMED;
    }
    return receiving.transformRtcp(buffer, offset, length);
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
