package org.purertc.internal.rtp.jitter;

import org.purertc.internal.rtp.format.PayloadDescriptor;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;

/** A packet that waits for its frame, and what is known of its place in it. */
final class StoredPacket {

  /** What a packet is to the frames around it. */
  enum Kind {
    MEDIA,
    /** Without payload, or not of a video codec: fills a gap in the sequence numbers. */
    PADDING,
    /** Its payload breaks the rules of its format: the frame will never be whole. */
    BROKEN
  }

  static final PayloadDescriptor NOTHING = PayloadDescriptor.of(Start.NO, false);

  final BufferedPacket packet;
  final PayloadDescriptor descriptor;
  final Kind kind;

  /** Whether it is a frame's first packet. */
  boolean isStart;

  /** Whether its frame is there from the first packet to this one. */
  boolean isContinuous;

  /** Of padding: the nearest media before it without a gap, if known. Otherwise itself. */
  private StoredPacket media = this;

  private boolean isKnown;

  StoredPacket(BufferedPacket packet, PayloadDescriptor descriptor, Kind kind) {
    this.packet = packet;
    this.descriptor = descriptor;
    this.kind = kind;
    this.isKnown = kind != Kind.PADDING;
  }

  /** Padding that stands for the media before it. */
  void follow(StoredPacket before) {
    media = before.media;
    isKnown = before.isKnown;
    isContinuous = before.isContinuous;
  }

  /** Whether media is known here or before here without a gap. */
  boolean isKnown() {
    return isKnown;
  }

  /** Whether this one, of the next sequence number, belongs to another frame. */
  boolean endsBefore(StoredPacket next) {
    return media.packet.marker() || media.packet.timestamp() != next.packet.timestamp();
  }

  /** Where the media ends that is known here. */
  StoredPacket media() {
    return media;
  }
}
