package org.purertc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.io.Network.DatagramSender;
import org.purertc.ice.turn.Relay;
import org.purertc.ice.turn.ServerError;
import org.purertc.ice.turn.ServerSockets;

/** The relayed addresses of one transport, each with a path of its own. */
final class PeerRelays {

  static final int MAX_RELAYS = 16;

  /** Paths below are host ports. */
  static final int FIRST_PATH = 1_000;

  private static final DatagramSender GONE = (buffer, offset, length, to) -> true;

  /** Whom they serve. */
  interface Owner {

    void onRelayed(
        int rank,
        PathId path,
        Relay.Place place,
        InetSocketAddress address,
        @Nullable InetSocketAddress mapped);

    /** There is no relayed address, or no longer. */
    void onRelayFailed(
        PathId path, Relay.Place place, ServerError error, @Nullable InetSocketAddress local);

    /** One that was asked, or asked again, has told what it has. */
    void onRelayAnswered();

    void onDatagram(byte[] buffer, int offset, int length, PathId path, InetSocketAddress from);

    void onWritable(long nowNs);
  }

  private final ServerSockets sockets;
  private final ServerCodec codec;
  private final RandomGenerator random;
  private final Owner owner;
  private final List<PeerRelay> relays = new ArrayList<>(0);
  private int nextPath = FIRST_PATH;

  PeerRelays(ServerSockets sockets, ServerCodec codec, RandomGenerator random, Owner owner) {
    this.sockets = sockets;
    this.codec = codec;
    this.random = random;
    this.owner = owner;
  }

  /**
   * Asks for an address unless there is one that seems to work.
   *
   * @return whether it asks
   */
  boolean ask(Relay.Place place) {
    boolean known =
        relays.stream().anyMatch(each -> each.place.equals(place) && !each.relay.isDoubtful());
    if (known || relays.size() >= MAX_RELAYS) {
      return false;
    }
    PeerRelay relay = new PeerRelay(place);
    relays.add(relay);
    relay.start();
    return true;
  }

  /**
   * Tells the addresses again that are there, when their servers have confirmed it.
   *
   * @return how many answers are to be awaited
   */
  int tellAgain() {
    int awaited = 0;
    for (PeerRelay relay : relays) {
      awaited += relay.tellAgain() ? 1 : 0;
    }
    return awaited;
  }

  /** The way out of a relayed path, which loses all when the relay is gone; null for another. */
  @Nullable DatagramSender sender(PathId path) {
    if (path.number() < FIRST_PATH) {
      return null;
    }
    for (PeerRelay relay : relays) {
      if (relay.path.equals(path)) {
        return relay;
      }
    }
    return GONE;
  }

  /** Whoever has not answered by now is not waited for. */
  void giveUp(ServerError error) {
    List.copyOf(relays).forEach(relay -> relay.giveUp(error));
  }

  /**
   * Leaves all relays but those that are reached from these addresses.
   *
   * @return the paths of those that were left
   */
  List<PathId> retain(List<InetAddress> addresses) {
    List<PathId> gone = new ArrayList<>(0);
    for (PeerRelay relay : List.copyOf(relays)) {
      if (!addresses.contains(relay.place.local())) {
        relays.remove(relay);
        gone.add(relay.path);
        relay.relay.close();
        relay.answered();
      }
    }
    return gone;
  }

  void close() {
    relays.forEach(relay -> relay.relay.close());
    relays.clear();
  }

  /** A relayed address and its path. */
  private final class PeerRelay implements DatagramSender, Relay.Listener {
    private final Relay.Place place;
    private final PathId path = new PathId(nextPath);
    private final int rank = nextPath++ % MAX_RELAYS;
    private final Relay relay;
    private @Nullable InetSocketAddress address;
    private @Nullable InetSocketAddress mapped;
    private boolean awaited = true;
    private boolean toTell;

    PeerRelay(Relay.Place place) {
      this.place = place;
      relay = new Relay(sockets, codec, random, place, this);
    }

    void start() {
      relay.start();
    }

    /** Returns whether its answer is to be awaited. */
    boolean tellAgain() {
      if (address == null) {
        return false; // it is being asked, and awaited since then
      }
      toTell = true;
      // A doubtful one is not waited for: another one is asked in its stead.
      boolean waits = !awaited && !relay.isDoubtful();
      awaited |= waits;
      relay.verify();
      return waits;
    }

    private void tell() {
      InetSocketAddress known = address;
      toTell = false;
      if (known != null) {
        owner.onRelayed(rank, path, place, known, mapped);
      }
    }

    private void answered() {
      if (awaited) {
        awaited = false;
        owner.onRelayAnswered();
      }
    }

    void giveUp(ServerError error) {
      if (awaited && address == null) {
        relay.close();
        onFailed(error, null);
      } else {
        answered(); // whether it is gone shows later
      }
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
      return relay.send(buffer, offset, length, to);
    }

    @Override
    public void onRelayed(InetSocketAddress given, @Nullable InetSocketAddress seen) {
      address = given;
      mapped = seen;
      tell();
      answered();
    }

    @Override
    public void onVerified() {
      if (toTell) {
        tell();
      }
      answered();
    }

    @Override
    public void onFailed(ServerError error, @Nullable InetSocketAddress local) {
      relays.remove(this);
      owner.onRelayFailed(path, place, error, local);
      answered();
    }

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
      owner.onDatagram(buffer, offset, length, path, from);
    }

    @Override
    public void onWritable(long nowNs) {
      owner.onWritable(nowNs);
    }
  }
}
