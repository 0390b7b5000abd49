package org.purertc.internal.sctp;

import org.purertc.internal.sctp.rx.DataTracker;
import org.purertc.internal.sctp.rx.ReassemblyQueue;
import org.purertc.internal.sctp.tx.RetransmissionQueue;

/** What an association has as soon as the peer is known, RFC 9260 section 14. */
final class TransmissionControlBlock {
  private final LocalEndpoint local;
  private final RemoteEndpoint remote;
  private final RetransmissionQueue sender;
  private final DataTracker tracker;
  private final ReassemblyQueue reassembly;
  private final ErrorCounter errors = new ErrorCounter();
  private long lastProgressNs;

  TransmissionControlBlock(
      LocalEndpoint local,
      RemoteEndpoint remote,
      RetransmissionQueue sender,
      DataTracker tracker,
      ReassemblyQueue reassembly) {
    this.local = local;
    this.remote = remote;
    this.sender = sender;
    this.tracker = tracker;
    this.reassembly = reassembly;
  }

  LocalEndpoint local() {
    return local;
  }

  RemoteEndpoint remote() {
    return remote;
  }

  RetransmissionQueue sender() {
    return sender;
  }

  DataTracker tracker() {
    return tracker;
  }

  ReassemblyQueue reassembly() {
    return reassembly;
  }

  ErrorCounter errors() {
    return errors;
  }

  /** The peer acknowledged something, or answered a HEARTBEAT. */
  void onProgress(long nowNs) {
    lastProgressNs = nowNs;
    errors.reset();
  }

  long lastProgressNs() {
    return lastProgressNs;
  }
}
