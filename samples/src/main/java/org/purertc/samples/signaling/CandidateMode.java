package org.purertc.samples.signaling;

/** How candidates travel. */
public enum CandidateMode {
  /** One message each, and an empty one at the end (RFC 8838). */
  TRICKLE,
  /** One message each, without the empty one: some peers cannot read it. */
  TRICKLE_WITHOUT_END,
  /** All inside the description, which waits until gathering is complete. */
  IN_DESCRIPTION
}
