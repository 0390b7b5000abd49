package org.purertc.bench;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CandidatePair;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.IceListener;
import org.purertc.ice.IceRole;
import org.purertc.ice.IceTransport;
import org.purertc.ice.IceTransportState;
import org.purertc.ice.IceTransports;
import org.purertc.ice.io.Loop;

/** A transport that signals to another one and hands its datagrams to a third. */
final class IceEnd implements IceListener {
  final Loop loop;
  final IceTransport transport;
  final CompletableFuture<Void> connected = new CompletableFuture<>();
  @Nullable IceTransport forwardsTo;
  private @Nullable IceEnd remote;

  IceEnd(Loop loop, IceTransports transports) {
    this.loop = loop;
    transport = transports.create(loop, this);
  }

  /** Both descriptions are there, candidates follow. */
  void begin(IceRole role, IceEnd other) {
    remote = other;
    transport.setRole(role);
    transport.setRemote(other.transport.localCredentials(), false);
    transport.gather();
  }

  @Override
  public void onCandidate(IceCandidate candidate) {
    IceEnd other = remote;
    if (other != null) {
      other.loop.execute(() -> other.transport.addRemoteCandidate(candidate));
    }
  }

  @Override
  public void onState(IceTransportState state, String reason) {
    if (state == IceTransportState.CONNECTED || state == IceTransportState.COMPLETED) {
      connected.complete(null);
    } else if (state == IceTransportState.FAILED) {
      connected.completeExceptionally(new IllegalStateException(reason));
    }
  }

  @Override
  public void onDatagram(byte[] buffer, int offset, int length, long nowNs) {
    IceTransport next = forwardsTo;
    if (next != null) {
      next.send(buffer, offset, length);
    }
  }

  @Override
  public void onGatheringComplete() {}

  @Override
  public void onSelectedPair(CandidatePair pair) {}

  @Override
  public void onWritable(long nowNs) {}
}
