package org.purertc;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.purertc.ice.sim.SimLoop;

/**
 * One side of a glare round: it creates channels and offers when it likes, and notes what it sees.
 * Its signalling takes a random time for each message and keeps their order.
 */
final class GlareSide implements PerfectNegotiation.Signaling {
  private static final long MS = 1_000_000;
  private static final int MAX_DELAY_MS = 150;

  final TreeSet<String> sent = new TreeSet<>();
  final TreeSet<String> received = new TreeSet<>();
  final List<String> failures = new ArrayList<>();
  int collisions;

  private final String name;
  private final RTCPeerConnection connection;
  private final PerfectNegotiation negotiation;
  private final SimLoop loop;
  private final Random random;
  private GlareSide remote = this;
  private long lastArrivalNs;
  private int created;
  private int asked;
  private int restarted;
  private int offered;
  private boolean answersTheNeed = true;

  GlareSide(String name, PeerCore core, SimLoop loop, long seed) {
    this.name = name;
    this.loop = loop;
    random = new Random(seed);
    connection = new RTCPeerConnection(core);
    negotiation = new PerfectNegotiation(connection, name.equals("polite"), this);
    connection.onNegotiationNeeded(this::negotiate);
    connection.onSignalingStateChange(this::onSignalingState);
    connection.onDataChannel(channel -> channel.onMessage(m -> note(channel, m.text())));
  }

  void connectTo(GlareSide other) {
    remote = other;
    other.remote = this;
  }

  void createChannel() {
    String label = name + " " + created++;
    RTCDataChannel channel = connection.createDataChannel(label);
    channel.onOpen(
        () -> {
          sent.add(label);
          channel.send(label);
        });
    channel.onClose(() -> failures.add(label + " closed"));
  }

  /** Negotiates without a need, as an application may at any time. */
  void negotiateAnyway() {
    if (connection.signalingState() == RTCSignalingState.STABLE) {
      restarted++;
      negotiation.negotiate();
    }
  }

  /** Whether all that the other side created has come and spoken. */
  boolean isComplete() {
    return connection.signalingState() == RTCSignalingState.STABLE
        && sent.size() == created
        && received.equals(remote.sent)
        && remote.sent.size() == remote.created;
  }

  /** Each offer had its reason: the event, or the application. */
  boolean offeredWhenNeeded() {
    return offered == asked + restarted;
  }

  private void negotiate() {
    RTCSessionDescription local = connection.localDescription();
    if (connection.signalingState() != RTCSignalingState.STABLE
        || created == 0
        || (local != null && local.sdp().contains("m=application"))) {
      failures.add(name + ": negotiationneeded without a need");
    }
    if (!answersTheNeed) {
      failures.add(name + ": negotiationneeded twice for one need");
    }
    answersTheNeed = false;
    asked++;
    negotiation.negotiate();
  }

  private void onSignalingState(RTCSignalingState state) {
    answersTheNeed = true;
  }

  private void note(RTCDataChannel channel, String text) {
    if (!text.equals(channel.label()) || !received.add(text)) {
      failures.add(channel.label() + " brought " + text);
    }
  }

  @Override
  public void send(RTCSessionDescription description) {
    boolean isOffer = description.type() == RTCSdpType.OFFER;
    offered += isOffer ? 1 : 0;
    carry(
        () -> {
          boolean stable = remote.connection.signalingState() == RTCSignalingState.STABLE;
          collisions += isOffer && !stable ? 1 : 0;
          remote.negotiation.receive(description);
        });
  }

  @Override
  public void send(RTCIceCandidate candidate) {
    carry(() -> remote.negotiation.receive(candidate));
  }

  @Override
  public void failed(Throwable reason) {
    failures.add(name + ": " + reason);
  }

  private void carry(Runnable message) {
    long arrivalNs = loop.nowNs() + random.nextInt(MAX_DELAY_MS) * MS;
    lastArrivalNs = Math.max(lastArrivalNs, arrivalNs);
    loop.at(lastArrivalNs, message);
  }

  @Override
  public String toString() {
    return "%s %s, created %d, opened %s, received %s, offers %d = %d asked + %d, %s"
        .formatted(
            name,
            connection.signalingState(),
            created,
            sent,
            received,
            offered,
            asked,
            restarted,
            failures);
  }
}
