package org.purertc.ice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.socket.MultiplexingDatagramSocket;

/** ice4j's own agent with one host candidate on 127.0.0.1: the second implementation of ICE. */
final class StockIce4jAgent implements AutoCloseable {

  /** Held, because a logger that is not referenced forgets its level. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("org.ice4j"), Logger.getLogger("org.jitsi"));

  static {
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
    // Read when ice4j's classes load: no HTTP request to a cloud's address, no unsigned checks.
    System.setProperty("ice4j.harvest.mapping.aws.enabled", "false");
    System.setProperty("org.ice4j.REQUIRE_MESSAGE_INTEGRITY", "true");
  }

  private final Agent agent = new Agent();
  private final IceMediaStream stream = agent.createMediaStream("data");
  private final Component component;

  StockIce4jAgent(boolean controlling) throws IOException {
    agent.setControlling(controlling);
    agent.setUseDynamicPorts(false);
    agent.addCandidateHarvester(
        new AbstractCandidateHarvester() {
          @Override
          public Collection<LocalCandidate> harvest(Component to) {
            return List.of(addLoopback(to));
          }

          @Override
          public boolean isHostHarvester() {
            return true;
          }
        });
    component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
  }

  private LocalCandidate addLoopback(Component to) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      var socket = new IceUdpSocketWrapper(new MultiplexingDatagramSocket(0, loopback));
      HostCandidate candidate = new HostCandidate(socket, to);
      to.addLocalCandidate(candidate);
      agent.getStunStack().addSocket(candidate.getStunSocket(null));
      return candidate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  IceCredentials credentials() {
    return new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
  }

  IceCandidate candidate() {
    LocalCandidate local = component.getLocalCandidates().get(0);
    TransportAddress address = local.getTransportAddress();
    return new IceCandidate(
        local.getFoundation(),
        1,
        local.getPriority(),
        new InetSocketAddress(address.getAddress(), address.getPort()),
        CandidateType.HOST,
        null);
  }

  void start(IceCredentials remote, IceCandidate candidate) {
    stream.setRemoteUfrag(remote.ufrag());
    stream.setRemotePassword(remote.password());
    InetSocketAddress address = candidate.address();
    component.addRemoteCandidate(
        new RemoteCandidate(
            new TransportAddress(address.getAddress(), address.getPort(), Transport.UDP),
            component,
            org.ice4j.ice.CandidateType.HOST_CANDIDATE,
            candidate.foundation(),
            candidate.priority(),
            null));
    agent.startConnectivityEstablishment();
  }

  boolean isDone() {
    IceProcessingState state = agent.getState();
    return state == IceProcessingState.COMPLETED || state == IceProcessingState.TERMINATED;
  }

  boolean isControlling() {
    return agent.isControlling();
  }

  @Override
  public void close() {
    agent.free();
  }
}
