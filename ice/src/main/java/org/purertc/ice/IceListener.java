package org.purertc.ice;

/** What an {@link IceTransport} tells its owner, on the loop. */
public interface IceListener {

  /** A local candidate was gathered. */
  void onCandidate(IceCandidate candidate);

  /** A server gave no candidate, or a relay is gone; the others go on. */
  default void onCandidateError(CandidateError error) {}

  /** A local candidate that was told is of no use any more: its address is gone. */
  default void onCandidateGone(IceCandidate candidate) {}

  /** After {@link #onGatheringComplete} more candidates are gathered in the same generation. */
  default void onGatheringAgain() {}

  /** All local candidates were gathered. */
  void onGatheringComplete();

  void onState(IceTransportState state, String reason);

  void onSelectedPair(CandidatePair pair);

  /** The selected pair answers again after silence: what has waited for it may go on. */
  default void onPathConfirmed() {}

  /** Application data from a validated address. The buffer is valid during the call only. */
  void onDatagram(byte[] buffer, int offset, int length, long nowNs);

  /** {@link IceTransport#send} takes datagrams again, after it said no. */
  void onWritable(long nowNs);
}
