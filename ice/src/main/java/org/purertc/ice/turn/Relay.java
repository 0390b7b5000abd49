package org.purertc.ice.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/**
 * A relayed address: an allocation with its socket and its timer. It outlives {@link #close} by a
 * second at most, to give the allocation back.
 */
public final class Relay implements Network.DatagramSender {

  /** RFC 8489 section 10 warns of servers that send us round in circles. */
  private static final int MAX_REDIRECTIONS = 3;

  /** Who hears of it, and takes the datagrams of its peers. */
  public interface Listener extends Network.DatagramReceiver {

    /**
     * @param mapped our address as the server sees it
     */
    void onRelayed(InetSocketAddress relayed, @Nullable InetSocketAddress mapped);

    /** The server answered after {@link Relay#verify}. */
    void onVerified();

    /**
     * There is no relayed address, or no longer. Called once at most.
     *
     * @param local from where we asked; null when there was no socket
     */
    void onFailed(ServerError error, @Nullable InetSocketAddress local);
  }

  /**
   * Where to ask.
   *
   * @param local the address of this host to ask from
   */
  public record Place(IceServer server, InetSocketAddress address, InetAddress local) {

    Place at(InetSocketAddress other) {
      return new Place(server, other, local);
    }
  }

  private final ServerSockets sockets;
  private final ServerCodec codec;
  private final RandomGenerator random;
  private final Listener listener;
  private final Loop.LoopTimer timer;
  private Place place;
  private @Nullable ServerLink link;
  private @Nullable TurnAllocation allocation;
  private long armedNs = Loop.NEVER;
  private int redirections;
  private boolean asked;
  private boolean triedAnotherPort;
  private boolean relayed;
  private boolean verifying;
  private boolean closed;

  /** Loop thread only, as everything here. */
  public Relay(
      ServerSockets sockets,
      ServerCodec codec,
      RandomGenerator random,
      Place place,
      Listener listener) {
    this.sockets = sockets;
    this.codec = codec;
    this.random = random;
    this.place = place;
    this.listener = listener;
    timer = sockets.loop().timer(this::onDeadline);
  }

  /** Opens the socket and asks; the listener is never called inside this call. */
  public void start() {
    try {
      open();
    } catch (IOException | RuntimeException e) {
      String reason = "no socket to " + place.address() + ": " + e.getMessage();
      sockets.loop().execute(() -> fail(ServerError.unreachable(reason)));
    }
  }

  private void open() throws IOException {
    asked = false;
    Attempt attempt = new Attempt();
    link = sockets.open(place.server().url(), place.local(), place.address(), attempt);
    attempt.link = link;
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    TurnAllocation current = allocation;
    if (current == null || closed) {
      return true;
    }
    boolean more = current.send(to, buffer, offset, length, sockets.loop().nowNs());
    settle();
    return more;
  }

  /** Whether the server has been silent for so long that it may be gone. */
  public boolean isDoubtful() {
    TurnAllocation current = allocation;
    return current != null && current.isDoubtful(sockets.loop().nowNs());
  }

  /**
   * Asks whether the relayed address is still there, and so brings about {@link
   * Listener#onVerified} or, some time later, {@link Listener#onFailed}.
   */
  public void verify() {
    TurnAllocation current = allocation;
    if (current != null && !closed) {
      verifying = true;
      current.verify(sockets.loop().nowNs());
      settle();
    }
  }

  /** Gives the allocation back; the listener hears nothing more. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    TurnAllocation current = allocation;
    if (current == null || !asked) {
      release();
    } else {
      current.close(sockets.loop().nowNs());
      settle();
    }
  }

  private void onDeadline(long nowNs) {
    armedNs = Loop.NEVER;
    TurnAllocation current = allocation;
    if (current != null) {
      current.onDeadline(nowNs);
    }
    settle();
  }

  /** After each call into the allocation: its deadline may have moved, or its end be there. */
  private void settle() {
    TurnAllocation current = allocation;
    if (current == null) {
      return;
    }
    if (closed && current.isEnded()) {
      release();
      return;
    }
    long nextNs = current.nextDeadlineNs();
    if (nextNs != armedNs) {
      armedNs = nextNs;
      timer.set(nextNs);
    }
  }

  private void release() {
    ServerLink open = link;
    link = null;
    allocation = null;
    timer.cancel();
    armedNs = Loop.NEVER;
    if (open != null) {
      open.close();
    }
  }

  private void fail(ServerError error) {
    if (closed) {
      release();
      return;
    }
    InetSocketAddress local = link == null ? null : link.localAddress();
    closed = true;
    release();
    listener.onFailed(error, local);
  }

  /** Asks another server, or the same one from another port. */
  private void retry(Place next) {
    release();
    place = next;
    start();
  }

  /** One socket and the allocation asked for over it; what an older one tells is passed over. */
  private final class Attempt implements ServerLink.Listener, TurnAllocation.Listener {
    private @Nullable ServerLink link;

    private boolean isOver() {
      return link == null || Relay.this.link != link;
    }

    @Override
    public void onOpen(long nowNs) {
      ServerLink open = link;
      ServerCredentials credentials = place.server().credentials();
      if (isOver() || open == null || credentials == null) {
        return;
      }
      if (closed) {
        release();
        return;
      }
      TurnAllocation begun = new TurnAllocation(codec, open, credentials, random, this);
      allocation = begun;
      asked = true;
      begun.start(place.address().getAddress().getAddress().length == 16, nowNs);
      settle();
    }

    @Override
    public void onMessage(byte[] buffer, int offset, int length, long nowNs) {
      TurnAllocation current = allocation;
      if (!isOver() && current != null) {
        current.receive(buffer, offset, length, nowNs);
        settle();
        if (verifying && !closed && current.isVerified()) {
          verifying = false;
          listener.onVerified();
        }
      }
    }

    @Override
    public void onWritable(long nowNs) {
      if (!isOver() && !closed) {
        listener.onWritable(nowNs);
      }
    }

    @Override
    public void onLost(String reason, long nowNs) {
      if (!isOver()) {
        fail(ServerError.unreachable(reason));
      }
    }

    @Override
    public void onAllocated(
        InetSocketAddress address, @Nullable InetSocketAddress mapped, long nowNs) {
      relayed = true;
      listener.onRelayed(address, mapped);
    }

    @Override
    public void onRedirected(InetSocketAddress alternate, long nowNs) {
      boolean sameFamily =
          alternate.getAddress().getClass() == place.address().getAddress().getClass();
      if (++redirections > MAX_REDIRECTIONS || !sameFamily) {
        fail(new ServerError(ServerError.TRY_ALTERNATE, "sent on to " + alternate + " in vain"));
      } else {
        retry(place.at(alternate));
      }
    }

    @Override
    public void onEnded(ServerError error, long nowNs) {
      // RFC 8656 section 7.4: the server remembers an older allocation of this port.
      boolean portInUse = error.code() == ServerError.ALLOCATION_MISMATCH && !relayed;
      if (portInUse && !triedAnotherPort) {
        triedAnotherPort = true;
        retry(place);
      } else {
        fail(error);
      }
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, InetSocketAddress peer, long nowNs) {
      listener.onDatagram(buffer, offset, length, peer, nowNs);
    }
  }
}
