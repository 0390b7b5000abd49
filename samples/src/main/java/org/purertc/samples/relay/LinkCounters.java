package org.purertc.samples.relay;

/** What happened on one direction since the start. Not safe for several threads. */
final class LinkCounters {
  long received;
  long receivedBytes;
  long sent;
  long sentBytes;
  long droppedByLoss;
  long droppedByQueue;

  /** Dropped because the relay itself holds as much as it may. */
  long droppedByRelay;

  long duplicated;
  int largestQueue;

  /** Left the link, but the socket refused it or no destination is known yet. */
  long undeliverable;

  /** From somebody who is not the peer of this side; never entered the link. */
  long foreign;
}
