package org.purertc.internal.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.IceCredentials;
import org.purertc.ice.IceRole;
import org.purertc.ice.IceTransportState;
import org.purertc.internal.jsep.LocalTransport;
import org.purertc.internal.jsep.RestartableTransports;

/**
 * The transports of one peer: one for each BUNDLE group, and for each m-line outside of one. Most
 * peers have exactly one. Loop thread only.
 */
final class Transports implements RestartableTransports {
  private final PeerEnvironment environment;
  private final IntFunction<TransportSession.Owner> owners;
  private @Nullable TransportSession[] sessions = new TransportSession[1];
  private IceRole role = IceRole.CONTROLLING;

  /**
   * @param owners gives each transport who hears of it
   */
  Transports(PeerEnvironment environment, IntFunction<TransportSession.Owner> owners) {
    this.environment = environment;
    this.owners = owners;
  }

  @Override
  public LocalTransport transport(int index) {
    return described(session(index).localCredentials());
  }

  @Override
  public LocalTransport restarted(int index) {
    return described(session(index).preparedCredentials());
  }

  private LocalTransport described(IceCredentials credentials) {
    LocalTransport ours =
        new LocalTransport(
            credentials.ufrag(), credentials.password(), environment.certificate().fingerprint());
    return environment.ice().renominates() ? ours.withRenomination() : ours;
  }

  /** The local offer was rolled back: what it restarted goes on as before. */
  void cancelRestarts() {
    all().forEach(TransportSession::cancelRestart);
  }

  /** Made now if there is none. */
  TransportSession session(int index) {
    TransportSession session = find(index);
    if (session == null) {
      session = new TransportSession(environment, owners.apply(index));
      session.setIceRole(role);
      if (index >= sessions.length) {
        sessions = Arrays.copyOf(sessions, index + 1);
      }
      sessions[index] = session;
    }
    return session;
  }

  /** Null when there is none. */
  @Nullable TransportSession find(int index) {
    return index < sessions.length ? sessions[index] : null;
  }

  /** All indices are below. */
  int limit() {
    return sessions.length;
  }

  private List<TransportSession> all() {
    List<TransportSession> all = new ArrayList<>(sessions.length);
    for (TransportSession session : sessions) {
      if (session != null) {
        all.add(session);
      }
    }
    return all;
  }

  /** That of all transports whose remote is not known yet, and of those to come. */
  void setIceRole(IceRole changed) {
    role = changed;
    all().forEach(session -> session.setIceRole(changed));
  }

  /** Closes those that no description uses any more. */
  void retain(Set<Integer> used) {
    for (int index = 0; index < sessions.length; index++) {
      TransportSession session = sessions[index];
      if (session != null && !used.contains(index)) {
        sessions[index] = null;
        session.close();
      }
    }
  }

  void close() {
    all().forEach(TransportSession::close);
  }

  /** W3C WebRTC section 4.3.3, RTCPeerConnectionState, over all transports. */
  ConnectionState connectionState() {
    return ConnectionState.of(
        all().stream()
            .map(session -> ConnectionState.of(session.iceState(), session.dtlsState()))
            .toList());
  }

  /** W3C WebRTC section 4.3.4, RTCIceConnectionState, over all transports. */
  IceTransportState iceState() {
    return iceState(all().stream().map(TransportSession::iceState).toList());
  }

  static IceTransportState iceState(List<IceTransportState> transports) {
    IceTransportState worst = IceTransportState.CLOSED;
    boolean allNew = true;
    for (IceTransportState state : transports) {
      worst = rank(state) > rank(worst) ? state : worst;
      allNew &= state == IceTransportState.NEW || state == IceTransportState.CLOSED;
    }
    if (allNew) {
      return IceTransportState.NEW;
    }
    return worst == IceTransportState.NEW ? IceTransportState.CHECKING : worst;
  }

  /** The state of the transport that ranks highest is that of all. */
  private static int rank(IceTransportState state) {
    return switch (state) {
      case FAILED -> 6;
      case DISCONNECTED -> 5;
      case CHECKING -> 4;
      case NEW -> 3;
      case CONNECTED -> 2;
      case COMPLETED -> 1;
      case CLOSED -> 0;
    };
  }
}
