package org.purertc.samples.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCMessage;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.relay.BadNetwork;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.signaling.SignalingMessage.Candidate;
import org.purertc.samples.signaling.SignalingMessage.Description;
import org.purertc.samples.signaling.SignalingMessage.Failure;

/**
 * A peer that sends messages back, and a relay before it that loses and delays datagrams: each side
 * learns the relay's address in place of the other's.
 */
final class LabVisit implements AutoCloseable {
  private static final double MOST_LOSS = 0.5;
  private static final double LONGEST_RTT_MS = 1_000;
  private static final String CANDIDATE_LINES = "a=(candidate:[^\r\n]*|end-of-candidates)\r\n";
  private static final Pattern HOST =
      Pattern.compile("a=candidate:\\S+ 1 udp \\d+ (\\S+) (\\d+) typ host");

  private final WsContext socket;
  private final RTCPeerConnection peer;
  private final Negotiator negotiator;
  private long rttNs;
  private double loss;
  private boolean closed;
  private @Nullable BadNetwork network;

  LabVisit(WsContext socket, RTCPeerConnection peer) {
    this.socket = socket;
    this.peer = peer;
    negotiator = new Negotiator(peer, CandidateMode.IN_DESCRIPTION, this::answer, this::fail);
    peer.onDataChannel(channel -> channel.onMessage(message -> echo(channel, message)));
  }

  private static void echo(RTCDataChannel channel, RTCMessage message) {
    try {
      channel.send(message.text());
    } catch (RTCException | IllegalStateException e) {
      // Binary is none of the page's, or the visitor has just gone.
      channel.close();
    }
  }

  void receive(String line) {
    try {
      JsonNode node = SignalingFormat.parse(line);
      if (node.path("type").asText().equals("conditions")) {
        change(node.path("loss").asDouble(), node.path("rttMs").asDouble());
        return;
      }
      // The page's own candidates would lead around the relay.
      if (SignalingFormat.read(node) instanceof Description it) {
        String sdp = it.description().sdp().replaceAll(CANDIDATE_LINES, "");
        negotiator.receive(
            new Description(new RTCSessionDescription(it.description().type(), sdp)));
      }
    } catch (SignalingException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** What cannot be becomes what can. */
  private synchronized void change(double newLoss, double newRttMs) {
    loss = Math.max(0, Math.min(MOST_LOSS, newLoss));
    rttNs = Math.round(1e6 * Math.max(0, Math.min(LONGEST_RTT_MS, newRttMs)));
    BadNetwork running = network;
    if (running != null) {
      running.change(rttNs, loss);
    }
  }

  private synchronized void answer(SignalingMessage message) {
    if (closed || !(message instanceof Description it)) {
      return;
    }
    try {
      InetSocketAddress ours = ours(it.description().sdp());
      BadNetwork started = BadNetwork.start(visitor(), ours, rttNs, loss);
      network = started;
      InetSocketAddress relay = started.addressForA();
      String sdp = it.description().sdp().replaceAll(CANDIDATE_LINES, "");
      send(new Description(new RTCSessionDescription(it.description().type(), sdp)));
      String address = relay.getAddress().getHostAddress() + " " + relay.getPort();
      String candidate = "candidate:1 1 udp 2130706431 " + address + " typ host";
      send(new Candidate(new RTCIceCandidate(candidate, null, 0)));
    } catch (IOException e) {
      fail("the relay cannot start: " + e.getMessage());
    }
  }

  /** The candidate on the address by which the page reached this server. */
  private InetSocketAddress ours(String sdp) throws IOException {
    InetAddress reached = ((InetSocketAddress) socket.session.getLocalSocketAddress()).getAddress();
    for (MatchResult each : HOST.matcher(sdp).results().toList()) {
      InetAddress address = InetAddress.getByName(each.group(1)); // a literal: no look-up
      if (address.equals(reached)) {
        return new InetSocketAddress(address, Integer.parseInt(each.group(2)));
      }
    }
    throw new IOException("this peer has no candidate on " + reached.getHostAddress());
  }

  /** Its port is known when the first datagram comes. */
  private InetSocketAddress visitor() {
    InetSocketAddress remote =
        Objects.requireNonNull((InetSocketAddress) socket.session.getRemoteSocketAddress());
    return new InetSocketAddress(remote.getAddress(), 0);
  }

  private void fail(String reason) {
    send(new Failure(reason));
  }

  private synchronized void send(SignalingMessage message) {
    if (socket.session.isOpen()) {
      socket.send(SignalingFormat.write(message));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    peer.close();
    BadNetwork running = network;
    network = null;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        fail("the relay did not end well: " + e.getMessage());
      }
    }
  }
}
