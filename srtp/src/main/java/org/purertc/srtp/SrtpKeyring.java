package org.purertc.srtp;

import org.jspecify.annotations.Nullable;

/**
 * The SRTP sessions of one transport: a new DTLS association brings new keys without losing packets
 * that the peer protected with the previous ones.
 *
 * <p>Protects with the newest session, and unprotects with whichever fits. Not thread-safe: one
 * thread at a time.
 */
public final class SrtpKeyring {
  /**
   * How long the previous session is kept: the maximum segment lifetime, RFC 5764 section 5.2,
   * which TCP (RFC 9293) takes to be 2 minutes.
   */
  public static final long PREVIOUS_KEPT_NS = 120_000_000_000L;

  private SrtpSession newest;
  private @Nullable SrtpSession previous;
  private long replacedNs;

  public SrtpKeyring(SrtpSession first) {
    newest = first;
  }

  /**
   * Puts the session of a new DTLS association in place. Its rollover counters start at 0, as those
   * of the peer's new session do. Of older sessions only the one that was the newest is kept.
   */
  public void replace(SrtpSession next, long nowNs) {
    previous = newest;
    newest = next;
    replacedNs = nowNs;
  }

  /** The profile of what is sent. */
  public SrtpProfile profile() {
    return newest.profile();
  }

  /**
   * Protects an RTP packet in place with the newest keys.
   *
   * @param buffer with room for {@link SrtpSession#MAX_OVERHEAD_BYTES} behind the packet
   * @return the new length, or a negative result of {@link SrtpSession}
   */
  public int protectRtp(byte[] buffer, int offset, int length) {
    return newest.protectRtp(buffer, offset, length);
  }

  /**
   * Protects a compound RTCP packet in place with the newest keys.
   *
   * @param buffer with room for {@link SrtpSession#MAX_OVERHEAD_BYTES} behind the packet
   * @return the new length, or a negative result of {@link SrtpSession}
   */
  public int protectRtcp(byte[] buffer, int offset, int length) {
    return newest.protectRtcp(buffer, offset, length);
  }

  /**
   * Authenticates and decrypts an SRTP packet in place.
   *
   * @return the new length, or the newest session's negative result
   */
  public int unprotectRtp(byte[] buffer, int offset, int length, long nowNs) {
    forgetInTime(nowNs);
    int result = newest.unprotectRtp(buffer, offset, length);
    SrtpSession before = previous;
    if (result >= 0 || before == null) {
      return result;
    }
    // Whatever failed: the packet may only look old or malformed to a session with other keys.
    int second = before.unprotectRtp(buffer, offset, length);
    return second < 0 ? result : second;
  }

  /**
   * Authenticates and decrypts an SRTCP packet in place.
   *
   * @return the new length, or the newest session's negative result
   */
  public int unprotectRtcp(byte[] buffer, int offset, int length, long nowNs) {
    forgetInTime(nowNs);
    int result = newest.unprotectRtcp(buffer, offset, length);
    SrtpSession before = previous;
    if (result >= 0 || before == null) {
      return result;
    }
    int second = before.unprotectRtcp(buffer, offset, length);
    return second < 0 ? result : second;
  }

  private void forgetInTime(long nowNs) {
    if (previous != null && nowNs - replacedNs >= PREVIOUS_KEPT_NS) {
      previous = null;
    }
  }
}
