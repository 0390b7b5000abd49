package org.purertc.samples.share;

import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.terminal.TransferReport;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.Hello;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferChannel;
import org.purertc.samples.transfer.TransferEnd;
import org.purertc.samples.transfer.TransferListener;

/**
 * One connection of one receiver. It outlives the signalling that it came by: once both sides know
 * each other, that is not needed any more.
 */
final class Delivery implements TransferListener {
  /** A connection without its WebSocket that is silent for so long makes room for another one. */
  private static final long SILENCE_NS = 2_000_000_000L;

  /** Who decides about receivers, and hears how it ends. */
  interface Host {
    TransferEnd begin(Delivery delivery, TransferChannel channel);
  }

  private final RTCPeerConnection peer;
  private final Runnable hangUp;
  private final Host host;
  private @Nullable TransferEnd end;
  private @Nullable TransferReport report;
  private String receiver = "";
  private boolean signalingGone;
  private boolean disconnected;
  private volatile boolean started;
  private volatile long heardNs = System.nanoTime();

  /**
   * Waits for the receiver to open a channel.
   *
   * @param hangUp ends the signalling, too
   */
  Delivery(RTCPeerConnection peer, Runnable hangUp, Host host) {
    this.peer = peer;
    this.hangUp = hangUp;
    this.host = host;
    peer.onDataChannel(this::onDataChannel);
  }

  RTCPeerConnection peer() {
    return peer;
  }

  void hangUp() {
    hangUp.run();
  }

  /** Begins from this side. */
  void open() {
    if (!hasEnd()) {
      RTCDataChannel channel = FileChannels.open(peer);
      FileChannels.run(channel, begin(FileChannels.of(peer, channel)));
    }
  }

  private void onDataChannel(RTCDataChannel channel) {
    if (!channel.protocol().equals(FileChannels.PROTOCOL) || hasEnd()) {
      channel.close();
      return;
    }
    // An end for a sender says itself that two senders do not fit.
    FileChannels.serve(peer, channel, (link, hello) -> begin(link), (link, hello) -> begin(link));
  }

  private synchronized boolean hasEnd() {
    return end != null;
  }

  private TransferEnd begin(TransferChannel channel) {
    TransferEnd made = host.begin(this, channel);
    synchronized (this) {
      end = made;
    }
    return made;
  }

  /** Its proof was right, and its turn has come. */
  synchronized void admitted(Hello hello, TransferReport to) {
    receiver = hello.receiver();
    report = to;
    heardNs = System.nanoTime();
  }

  private synchronized @Nullable TransferReport reportOrNull() {
    return report;
  }

  /** Where it is told; only of an admitted one. */
  TransferReport report() {
    TransferReport to = reportOrNull();
    if (to == null) {
      throw new IllegalStateException("nobody was admitted on this connection");
    }
    return to;
  }

  boolean isAdmitted() {
    return reportOrNull() != null;
  }

  /** Whether bytes were agreed upon. */
  boolean isStarted() {
    return started;
  }

  /** Whether {@code hello} comes from the same run of the receiving command. */
  synchronized boolean isOf(Hello hello) {
    return !receiver.isEmpty() && receiver.equals(hello.receiver());
  }

  /** Whether nobody seems to be there any more. */
  synchronized boolean isSilent(long nowNs) {
    return signalingGone && nowNs - heardNs > SILENCE_NS;
  }

  void onSignalingGone() {
    if (!isAdmitted()) {
      lose("the visitor left");
    } else {
      onPresence(false);
    }
  }

  /** Whether the other side is there for signalling. */
  void onPresence(boolean there) {
    synchronized (this) {
      signalingGone = !there;
    }
    loseWhenDead();
  }

  void onState(RTCPeerConnectionState state) {
    synchronized (this) {
      disconnected = state == RTCPeerConnectionState.DISCONNECTED;
    }
    if (state == RTCPeerConnectionState.FAILED) {
      String reason = peer.failureReason();
      lose(reason == null ? "the connection failed" : reason);
    } else {
      loseWhenDead();
    }
  }

  /** No signalling and no answer to checks: waiting for consent to expire helps nobody. */
  private void loseWhenDead() {
    boolean dead;
    synchronized (this) {
      dead = signalingGone && disconnected;
    }
    if (dead) {
      lose("the connection to the receiver is lost");
    }
  }

  void lose(String reason) {
    TransferEnd current;
    synchronized (this) {
      current = end;
    }
    if (current == null) {
      peer.close();
    } else {
      current.onLost(reason);
    }
  }

  void leave(String reason) {
    TransferEnd current;
    synchronized (this) {
      current = end;
    }
    if (current != null) {
      current.leave(reason);
    }
  }

  @Override
  public void onOffer(Manifest manifest) {
    report().onOffer(manifest);
  }

  @Override
  public void onStart(long alreadyBytes) {
    started = true;
    heardNs = System.nanoTime();
    report().onStart(alreadyBytes);
  }

  @Override
  public void onFile(Entry entry) {
    report().onFile(entry);
  }

  @Override
  public void onProgress(long bytesOfAll) {
    heardNs = System.nanoTime();
    report().onProgress(bytesOfAll);
  }
}
