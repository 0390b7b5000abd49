package org.purertc.internal.media;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.PacketListener;
import org.purertc.internal.rtp.ReceiveStream;

/** One stream that is received: its packets on their way to frames. */
abstract class Reception implements PacketListener {
  final ReceivingMedia owner;
  final ReceivedExtensions extensions;
  private final String rid;
  private @Nullable ReceiveStream stream;
  private long lastTimestamp;
  private long lastArrivalNs;

  Reception(String rid, ReceivingMedia owner) {
    this.rid = rid;
    this.owner = owner;
    extensions = new ReceivedExtensions(owner.wallClock());
  }

  /** Before the first packet. */
  final void attach(ReceiveStream opened) {
    stream = opened;
  }

  final ReceiveStream stream() {
    ReceiveStream opened = stream;
    if (opened == null) {
      throw new IllegalStateException("not attached");
    }
    return opened;
  }

  /** Restriction id of its layer; empty without one. */
  final String rid() {
    return rid;
  }

  /** A packet of this time is taken. */
  final void arrived(long timestamp, long nowNs) {
    lastTimestamp = timestamp;
    lastArrivalNs = nowNs;
  }

  /** Of the packet that came last, unwrapped. */
  final long lastTimestamp() {
    return lastTimestamp;
  }

  /** When that came. */
  final long lastArrivalNs() {
    return lastArrivalNs;
  }

  /** How long frames wait. */
  abstract void smooth(Smoothing smoothing, long nowNs);

  /** Another stream is the track now: what waits is given out, if it can be, and forgotten. */
  abstract void onReplaced();

  /** Of the timestamps; 0 before it is known. */
  abstract int clockRate();

  /** How long frames wait at present. */
  abstract long currentDelayNs();

  abstract long nextDeadlineNs();

  abstract void onDeadline(long nowNs);

  /** For statistics. */
  abstract ReceptionFigures figures();
}
