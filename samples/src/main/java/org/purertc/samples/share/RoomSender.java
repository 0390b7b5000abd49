package org.purertc.samples.share;

import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.mesh.MeshPeer;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.TransferChannel;
import org.purertc.samples.transfer.TransferEnd;

/** A member of the room who may offer something. */
final class RoomSender implements MeshPeer {
  private final String name;
  private final RTCPeerConnection peer;
  private final RoomReception.Choice choice;
  private volatile String path = "";
  private boolean taken;
  private @Nullable TransferEnd end;
  private boolean signalingGone;
  private boolean disconnected;

  RoomSender(String name, RTCPeerConnection peer, RoomReception.Choice choice) {
    this.name = name;
    this.peer = peer;
    this.choice = choice;
    DataOnly.on(peer);
    peer.onDataChannel(this::onDataChannel);
    peer.onConnectionStateChange(this::onState);
  }

  RTCPeerConnection peer() {
    return peer;
  }

  /** In words; "" before it is taken. */
  String path() {
    return path;
  }

  private void onDataChannel(RTCDataChannel channel) {
    if (!channel.protocol().equals(FileChannels.PROTOCOL)) {
      channel.close();
      return;
    }
    path = PathName.of(peer);
    if (!choice.take(this)) {
      channel.close();
      return;
    }
    synchronized (this) {
      taken = true;
    }
    var unused = peer.closed().thenRun(() -> lose("the connection was closed"));
    channel.onClose(() -> lose("the sender closed the channel too early"));
    // An end for a receiver says itself that two receivers do not fit.
    FileChannels.serve(peer, channel, (link, hello) -> begin(link), (link, hello) -> begin(link));
  }

  private TransferEnd begin(TransferChannel channel) {
    TransferEnd made = choice.begin(channel);
    synchronized (this) {
      end = made;
    }
    return made;
  }

  private void onState(RTCPeerConnectionState state) {
    choice.stage("connection to " + name + ": " + state);
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

  @Override
  public void onPresence(boolean connected) {
    synchronized (this) {
      signalingGone = !connected;
    }
    loseWhenDead();
  }

  /** A channel lives on without signalling, unless the sender is gone, too. */
  @Override
  public void onLeft() {
    if (isTaken()) {
      onPresence(false);
    } else {
      peer.close();
    }
  }

  @Override
  public void onProblem(String reason) {
    choice.stage(name + ": " + reason);
  }

  private synchronized boolean isTaken() {
    return taken;
  }

  private void loseWhenDead() {
    boolean dead;
    synchronized (this) {
      dead = signalingGone && disconnected;
    }
    if (dead) {
      lose("the connection to the sender is lost");
    }
  }

  private void lose(String reason) {
    TransferEnd current = endOrNull();
    if (current != null) {
      current.onLost(reason);
    } else if (isTaken()) {
      choice.lost(reason);
    }
  }

  private synchronized @Nullable TransferEnd endOrNull() {
    return end;
  }

  /** Tells the sender that this side's user ends it. */
  void leave(String reason) {
    TransferEnd current = endOrNull();
    if (current != null) {
      current.leave(reason);
    }
  }
}
