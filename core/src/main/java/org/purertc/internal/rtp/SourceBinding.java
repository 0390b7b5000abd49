package org.purertc.internal.rtp;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.SerialNumber;

/** What {@link RtpRouter} knows of one SSRC. */
final class SourceBinding {
  final long ssrc;
  boolean isSignalled;
  MediaSection section;

  /** Whether its section receives nothing any more. */
  boolean isEnded;

  /** Empty when not said. */
  String rid = "";

  /** The stream of this SSRC's media. */
  @Nullable ReceiveStream media;

  /** The stream whose packets this SSRC retransmits. */
  @Nullable ReceiveStream repaired;

  long lastUse;
  private int midSequence = -1;

  SourceBinding(long ssrc, MediaSection section, boolean isSignalled) {
    this.ssrc = ssrc;
    this.section = section;
    this.isSignalled = isSignalled;
  }

  /** RFC 9143 section 9.2: an older packet does not take back what a newer one has said. */
  boolean isNewsOf(int sequence) {
    return midSequence < 0 || SerialNumber.isBefore16(midSequence, sequence);
  }

  void saidMidAt(int sequence) {
    midSequence = sequence;
  }
}
