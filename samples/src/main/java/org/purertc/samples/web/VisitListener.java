package org.purertc.samples.web;

import org.purertc.RTCPeerConnectionState;

/** What a sample does with its visitors. Visits may come and go on different threads. */
public interface VisitListener {

  /** A visitor has come; its peer has seen no message yet. */
  void onVisit(Visit visit);

  /** The state of a visit's peer changed. */
  default void onState(Visit visit, RTCPeerConnectionState state) {}

  /** The visitor's WebSocket is closed; the peer is the listener's to close. */
  void onLeft(Visit visit);
}
