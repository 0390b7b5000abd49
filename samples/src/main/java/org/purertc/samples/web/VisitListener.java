package org.purertc.samples.web;

/** What a sample does with its visitors. Visits may come and go on different threads. */
public interface VisitListener {

  /** A visitor has come; its peer has seen no message yet. */
  void onVisit(Visit visit);

  /** The visitor's WebSocket is closed; its peer is closed already. */
  void onLeft(Visit visit);
}
