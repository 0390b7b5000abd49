package org.purertc.ice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;

/** A transport and what its listener was told, for tests. Touched on its loop only. */
final class TransportEnd implements IceListener {

  final Loop loop;
  final IceTransport transport;
  final List<IceCandidate> candidates = new ArrayList<>();
  final List<IceCandidate> gone = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final List<String> texts = new ArrayList<>();
  final List<CandidateError> errors = new ArrayList<>();
  final CompletableFuture<Void> gathered = new CompletableFuture<>();
  final CompletableFuture<Void> connected = new CompletableFuture<>();
  final CompletableFuture<String> text = new CompletableFuture<>();
  boolean isLite;
  String lastReason = "";
  Consumer<IceTransportState> onState = state -> {};
  private @Nullable TransportEnd remote;

  TransportEnd(Loop loop, IceTransports transports) {
    this(loop, transports, IceServers.NONE);
  }

  TransportEnd(Loop loop, IceTransports transports, IceServers servers) {
    this.loop = loop;
    this.transport = transports.create(loop, this, servers);
  }

  /** Signals to the other end as a browser does: credentials first, candidates as they come. */
  void begin(IceRole role, TransportEnd other) {
    remote = other;
    transport.setRole(role);
    transport.setRemote(other.transport.localCredentials(), other.isLite);
    transport.gather();
  }

  void send(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    transport.send(bytes, 0, bytes.length);
  }

  @Override
  public void onCandidate(IceCandidate candidate) {
    candidates.add(candidate);
    TransportEnd other = remote;
    if (other != null) {
      other.loop.execute(() -> other.transport.addRemoteCandidate(candidate));
    }
  }

  @Override
  public void onCandidateError(CandidateError error) {
    errors.add(error);
  }

  @Override
  public void onCandidateGone(IceCandidate candidate) {
    gone.add(candidate);
  }

  @Override
  public void onGatheringAgain() {
    events.add("gathering again");
  }

  @Override
  public void onGatheringComplete() {
    events.add("gathered");
    TransportEnd other = remote;
    if (other != null) {
      other.loop.execute(other.transport::endOfRemoteCandidates);
    }
    gathered.complete(null);
  }

  @Override
  public void onState(IceTransportState state, String reason) {
    events.add(state.toString());
    lastReason = reason;
    if (state == IceTransportState.CONNECTED || state == IceTransportState.COMPLETED) {
      connected.complete(null);
    }
    onState.accept(state);
  }

  @Override
  public void onSelectedPair(CandidatePair pair) {
    events.add("pair");
  }

  @Override
  public void onDatagram(byte[] buffer, int offset, int length, long nowNs) {
    String message = new String(buffer, offset, length, StandardCharsets.UTF_8);
    texts.add(message);
    text.complete(message);
  }

  @Override
  public void onWritable(long nowNs) {
    events.add("writable");
  }
}
