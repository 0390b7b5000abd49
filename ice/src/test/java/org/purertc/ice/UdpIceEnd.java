package org.purertc.ice;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Our agent on a blocking socket on 127.0.0.1 and the real clock, for tests with other agents. */
final class UdpIceEnd implements AutoCloseable {

  private static final long NS_PER_MS = 1_000_000;
  private static final int LONGEST_WAIT_MS = 20;

  private final DatagramSocket socket;
  private final long startNs = System.nanoTime();
  private final Transmit transmit = new Transmit();
  private final PathId path = new PathId(0);
  final IceAgent agent;
  final IceCandidate candidate;
  final List<IceEvent> events = new ArrayList<>();

  UdpIceEnd(IceRole role) throws IOException {
    socket = new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    agent = new IceAgent(IceConfig.DEFAULT, role, new SecureRandom());
    var bound = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    candidate = ScriptedPeer.host(bound, 0);
    agent.addLocal(candidate, path, nowNs());
    agent.endOfLocalCandidates(nowNs());
  }

  void start(IceCredentials remote, IceCandidate candidate) throws IOException {
    agent.setRemote(remote, false, nowNs());
    agent.addRemote(candidate, nowNs());
    agent.endOfRemoteCandidates(nowNs());
    drain();
  }

  /** Returns whether the condition came true within the limit. */
  boolean runUntil(BooleanSupplier condition, long limitMs) throws IOException {
    long endNs = nowNs() + limitMs * NS_PER_MS;
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    while (!condition.getAsBoolean()) {
      if (nowNs() > endNs) {
        return false;
      }
      long waitMs = Math.max(0, agent.nextDeadlineNs() - nowNs()) / NS_PER_MS + 1;
      socket.setSoTimeout((int) Math.min(LONGEST_WAIT_MS, waitMs));
      try {
        packet.setLength(2048);
        socket.receive(packet);
        agent.receive(
            packet.getData(),
            0,
            packet.getLength(),
            path,
            (InetSocketAddress) packet.getSocketAddress(),
            nowNs());
      } catch (SocketTimeoutException e) {
        // the deadline below is what we waited for
      }
      if (nowNs() >= agent.nextDeadlineNs()) {
        agent.onDeadline(nowNs());
      }
      drain();
    }
    return true;
  }

  private void drain() throws IOException {
    while (agent.pollTransmit(transmit)) {
      InetSocketAddress to = transmit.to;
      if (to != null) {
        socket.send(new DatagramPacket(transmit.buffer, transmit.length, to));
      }
    }
    for (IceEvent event = agent.pollEvent(); event != null; event = agent.pollEvent()) {
      events.add(event);
    }
  }

  private long nowNs() {
    return System.nanoTime() - startNs;
  }

  @Override
  public void close() {
    agent.close();
    socket.close();
  }
}
