package org.purertc.ice.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A network between simulated hosts: the same seed and the same calls lose, delay, duplicate and
 * reorder the same datagrams.
 *
 * <p>Percentages hold for each datagram by itself. A rate gives each sending host a link of its own
 * with a bounded queue in front; what does not fit is lost.
 */
public final class SimNetwork {

  private static final long NS_PER_MS = 1_000_000;
  private static final long NS_PER_SECOND = 1_000_000_000;

  /** UDP and IPv4 headers, which use up rate too. */
  private static final int HEADER_BYTES = 28;

  private final long seed;
  private final SplittableRandom random;
  private final Map<InetSocketAddress, SimPort> ports = new HashMap<>();
  private final Map<InetAddress, SimNat> nats = new HashMap<>();
  private final Map<InetSocketAddress, List<InetSocketAddress>> groups = new HashMap<>();
  private long delayNs;
  private long jitterNs;
  private int lossPercent;
  private int reorderPercent;
  private int duplicatePercent;
  private long bitsPerSecond;
  private int queueBytes = 64 * 1024;
  private final SimStreams streams = new SimStreams(this);
  private boolean cut;
  private boolean udpBlocked;
  private long sent;
  private long lost;

  private SimNetwork(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
  }

  public static SimNetwork with(long seed) {
    return new SimNetwork(seed);
  }

  /** One-way delay. */
  public SimNetwork delayMs(long ms) {
    delayNs = ms * NS_PER_MS;
    return this;
  }

  /** Adds 0 to this to each datagram's delay; the order on a path stays. */
  public SimNetwork jitterMs(long ms) {
    jitterNs = ms * NS_PER_MS;
    return this;
  }

  public SimNetwork lossPercent(int percent) {
    lossPercent = percent;
    return this;
  }

  /** So many datagrams take up to twice the delay and jitter more, so that later ones overtake. */
  public SimNetwork reorderPercent(int percent) {
    reorderPercent = percent;
    return this;
  }

  public SimNetwork duplicatePercent(int percent) {
    duplicatePercent = percent;
    return this;
  }

  /** Rate of each host's link in bits per second; 0 means unlimited. */
  public SimNetwork rate(long bits) {
    bitsPerSecond = bits;
    return this;
  }

  /** How much waits in front of each host's link. */
  public SimNetwork queueBytes(int bytes) {
    queueBytes = bytes;
    return this;
  }

  /** A host with these addresses, best first. */
  public SimHost host(String... addresses) {
    List<InetAddress> parsed = new ArrayList<>();
    for (String address : addresses) {
      parsed.add(literal(address));
    }
    return new SimHost(this, List.copyOf(parsed), null);
  }

  /** A NAT with this address on the network. */
  public SimNat nat(SimNat.Type type, boolean hairpins, String outside) {
    InetAddress address = literal(outside);
    SimNat nat = new SimNat(type, hairpins, address, seed);
    nats.put(address, nat);
    return nat;
  }

  /** A host with one address behind a NAT. */
  public SimHost host(SimNat nat, String address) {
    nat.add(literal(address));
    return new SimHost(this, List.of(literal(address)), nat);
  }

  static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an IP address: " + address, e);
    }
  }

  /** From now on every datagram is lost, those on their way too. */
  public void cut() {
    cut = true;
  }

  public void restore() {
    cut = false;
  }

  /** A firewall lets streams through alone. */
  public SimNetwork blockUdp() {
    udpBlocked = true;
    return this;
  }

  /** All stream connections break, at both ends. */
  public void resetStreams() {
    streams.reset();
  }

  /** Stream connections that were taken so far. */
  public long streamsOpened() {
    return streams.opened();
  }

  /** Stream connections that somebody began to open. */
  public long streamsTried() {
    return streams.tried();
  }

  SimStreams streams() {
    return streams;
  }

  long streamDelayNs() {
    return delayNs + upTo(jitterNs);
  }

  boolean losesSegment() {
    return chance(lossPercent);
  }

  boolean isCut() {
    return cut;
  }

  public long seed() {
    return seed;
  }

  /** Datagrams handed in by all hosts. */
  public long sent() {
    return sent;
  }

  /** Datagrams that never arrived, for whatever reason. */
  public long lost() {
    return lost;
  }

  /** Ports and stream connections that are open now. */
  public int openPorts() {
    return ports.size() + streams.left();
  }

  boolean bind(InetSocketAddress address, SimPort port) {
    return ports.putIfAbsent(address, port) == null;
  }

  void unbind(InetSocketAddress address) {
    ports.remove(address);
    groups.values().forEach(members -> members.remove(address));
  }

  void join(InetSocketAddress group, SimPort port) {
    groups.computeIfAbsent(group, any -> new ArrayList<>()).add(port.localAddress());
  }

  void send(SimPort from, byte[] datagram, InetSocketAddress to, SimLoop loop) {
    sent++;
    long nowNs = loop.nowNs();
    long queuedNs = bitsPerSecond == 0 ? 0 : enqueue(from.host(), datagram.length, nowNs);
    boolean isCut = cut || udpBlocked || from.isDown();
    if (isCut || queuedNs < 0 || chance(lossPercent)) {
      lost++;
      return;
    }
    deliver(from, datagram, to, loop, nowNs + queuedNs);
    if (chance(duplicatePercent)) {
      deliver(from, datagram, to, loop, nowNs + queuedNs);
    }
  }

  /** Nanoseconds until the link has sent the datagram, or -1 when the queue is full. */
  private long enqueue(SimHost host, int bytes, long nowNs) {
    long startNs = Math.max(nowNs, host.linkFreeNs);
    if ((startNs - nowNs) * bitsPerSecond / 8 / NS_PER_SECOND + bytes > queueBytes) {
      return -1;
    }
    long bits = (bytes + HEADER_BYTES) * 8L;
    host.linkFreeNs = startNs + bits * NS_PER_SECOND / bitsPerSecond;
    return host.linkFreeNs - nowNs;
  }

  private void deliver(
      SimPort from, byte[] datagram, InetSocketAddress to, SimLoop loop, long leavesNs) {
    long arrivesNs = leavesNs + delayNs + upTo(jitterNs);
    if (chance(reorderPercent)) {
      arrivesNs += upTo(2 * (delayNs + jitterNs) + NS_PER_MS);
    } else {
      arrivesNs = Math.max(arrivesNs, from.lastArrivalNs);
      from.lastArrivalNs = arrivesNs;
    }
    InetSocketAddress source = from.localAddress();
    SimNat nat = from.host().nat();
    if (to.getAddress().isMulticastAddress()) {
      loop.at(arrivesNs, () -> arriveAtGroup(datagram, from, to, loop.nowNs()));
      return;
    }
    if (nat != null && !nat.isInside(to.getAddress())) {
      if (!nat.mayPass(to)) {
        lost++;
        return;
      }
      source = nat.outbound(source, to);
    }
    InetSocketAddress seen = source;
    long atNs = arrivesNs;
    loop.at(atNs, () -> arrive(datagram, seen, to, nat, loop.nowNs()));
  }

  /**
   * @param senderNat of the sending host
   */
  private void arrive(
      byte[] datagram,
      InetSocketAddress from,
      InetSocketAddress to,
      @Nullable SimNat senderNat,
      long nowNs) {
    SimNat nat = nats.get(to.getAddress());
    InetSocketAddress inside = nat == null ? to : nat.inbound(from, to);
    @Nullable SimPort port = inside == null ? null : ports.get(inside);
    if (cut || port == null || port.isDown() || !isReachable(port, nat, senderNat)) {
      lost++;
      return;
    }
    port.receiver().onDatagram(datagram, 0, datagram.length, from, nowNs);
  }

  /** Multicast comes back to the sender, too, and does not leave the link. */
  private void arriveAtGroup(byte[] datagram, SimPort from, InetSocketAddress group, long nowNs) {
    for (InetSocketAddress member : List.copyOf(groups.getOrDefault(group, List.of()))) {
      SimPort port = ports.get(member);
      if (!cut && port != null && !port.host().isCut() && port.host().nat() == from.host().nat()) {
        port.receiver().onDatagram(datagram, 0, datagram.length, from.localAddress(), nowNs);
      }
    }
  }

  /** An address behind a NAT means nothing in front of it. */
  private static boolean isReachable(
      SimPort port, @Nullable SimNat passed, @Nullable SimNat senderNat) {
    SimNat nat = port.host().nat();
    return passed != null || nat == null || nat == senderNat;
  }

  private boolean chance(int percent) {
    return percent > 0 && random.nextInt(100) < percent;
  }

  private long upTo(long maxNs) {
    return maxNs == 0 ? 0 : random.nextLong(maxNs + 1);
  }
}
