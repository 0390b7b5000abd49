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

  /**
   * @param targetNs how long frames wait; -1 for the default
   */
  void jitterBufferTarget(long targetNs, long nowNs);

  long nextDeadlineNs();

  void onDeadline(long nowNs);

  /** For statistics. */
  ReceptionFigures figures();
}
