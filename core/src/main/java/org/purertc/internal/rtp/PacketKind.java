package org.purertc.internal.rtp;

/** What a packet that leaves is for; tells the pacer who goes first. */
public enum PacketKind {
  AUDIO,
  RETRANSMISSION,
  VIDEO,
  PADDING
}
