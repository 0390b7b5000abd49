package org.purertc.samples.signaling;

import org.purertc.RTCIceCandidate;
import org.purertc.RTCSessionDescription;

/** What two peers tell each other before they are connected. */
public sealed interface SignalingMessage {

  /** An offer or an answer. */
  record Description(RTCSessionDescription description) implements SignalingMessage {}

  /** One trickled candidate (RFC 8838). */
  record Candidate(RTCIceCandidate candidate) implements SignalingMessage {}

  /** The other side gives up, and says why in one line. */
  record Failure(String reason) implements SignalingMessage {
    /** For a member of a room that comes too late. */
    public static final Failure TAKEN = new Failure("this member has its partner already");
  }
}
