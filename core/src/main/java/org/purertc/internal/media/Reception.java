package org.purertc.internal.media;

import org.purertc.internal.rtp.PacketListener;
import org.purertc.internal.rtp.ReceiveStream;

/** One stream that is received: its packets on their way to frames. */
interface Reception extends PacketListener {

  /** Before the first packet. */
  void attach(ReceiveStream stream);

  ReceiveStream stream();

  /** Restriction id of its layer; empty without one. */
  String rid();

  /** How long frames wait. */
  void smooth(Smoothing smoothing, long nowNs);

  /** Another stream is the track now: what waits is given out, if it can be, and forgotten. */
  void onReplaced();

  /** Of the timestamps; 0 before it is known. */
  int clockRate();

  /** Of the packet that came last, unwrapped. */
  long lastTimestamp();

  /** When that came. */
  long lastArrivalNs();

  /** How long frames wait at present. */
  long currentDelayNs();

  long nextDeadlineNs();

  void onDeadline(long nowNs);

  /** For statistics. */
  ReceptionFigures figures();
}
