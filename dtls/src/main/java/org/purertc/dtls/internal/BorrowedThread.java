package org.purertc.dtls.internal;

/** What a handshake tells the lender of its thread while it waits for its peer. */
interface BorrowedThread {

  /** The peer has been silent for long: true when another needs the thread. */
  boolean giveWay();

  void blocked();

  void resumed();
}
