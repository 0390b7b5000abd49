package org.purertc.ice.turn;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.internal.ServerRequest;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.io.Loop;

/**
 * One allocation on a TURN server, RFC 8656, as a machine: messages of the server and time in,
 * messages to the server, datagrams of peers and a deadline out.
 *
 * <p>The owner calls {@link #onDeadline} at {@link #nextDeadlineNs}, which any call may move.
 */
public final class TurnAllocation {

  private static final long SECOND_NS = 1_000_000_000L;

  /** RFC 8656 section 7.2: the default lifetime, for a server that names none. */
  private static final int DEFAULT_LIFETIME_SECONDS = 600;

  /** RFC 8656 section 3.2: a refresh about a minute before the end. */
  private static final long REFRESH_MARGIN_NS = 60 * SECOND_NS;

  /** How long the goodbye may take. */
  static final long FAREWELL_NS = SECOND_NS;

  /** RFC 8656 section 12: first bytes of ChannelData. */
  private static final int CHANNEL_FIRST_BYTE = 0x40;

  private static final int CHANNEL_LAST_BYTE = 0x4F;

  /** Who hears of the allocation. */
  public interface Listener {

    /**
     * @param relayed the address on the server
     * @param mapped our address as the server sees it
     */
    void onAllocated(InetSocketAddress relayed, @Nullable InetSocketAddress mapped, long nowNs);

    /** RFC 8489 section 10: this server has none for us, but that one may. */
    void onRedirected(InetSocketAddress alternate, long nowNs);

    /** There is no allocation, or no longer. */
    void onEnded(ServerError error, long nowNs);

    /** A peer's datagram; the buffer is valid during the call only. */
    void onData(byte[] buffer, int offset, int length, InetSocketAddress peer, long nowNs);
  }

  private enum State {
    NEW,
    ALLOCATING,
    ALLOCATED,
    CLOSING,
    ENDED
  }

  private final ServerCodec codec;
  private final StunClient client;
  private final TurnPeers peers;
  private final Listener listener;
  private State state = State.NEW;
  private boolean ipv6;
  private final ServerSilence silence = new ServerSilence();
  private boolean refreshing;
  private boolean verified;
  private long refreshNs = Loop.NEVER;
  private long farewellEndNs = Loop.NEVER;

  public TurnAllocation(
      ServerCodec codec,
      ServerPath path,
      ServerCredentials credentials,
      RandomGenerator random,
      Listener listener) {
    this.codec = codec;
    this.listener = listener;
    client = new StunClient(codec, path, credentials, random);
    peers = new TurnPeers(codec, path, client, random, this::onRefused);
  }

  /**
   * Asks for an allocation.
   *
   * @param wantsIpv6 an IPv6 address if the server has one, else IPv4
   */
  public void start(boolean wantsIpv6, long nowNs) {
    state = State.ALLOCATING;
    ipv6 = wantsIpv6;
    allocate(nowNs);
  }

  private void allocate(long nowNs) {
    client.send(ServerRequest.allocate(ipv6), new AllocateAnswer(), nowNs);
  }

  /**
   * Sends a datagram to a peer. Before the permission for it is there, a few are held.
   *
   * @return false when the caller should stop producing
   */
  public boolean send(InetSocketAddress peer, byte[] buffer, int offset, int length, long nowNs) {
    if (state != State.ALLOCATED) {
      return true;
    }
    silence.onSent(nowNs);
    return peers.send(peer, buffer, offset, length, nowNs);
  }

  /** Whether what was sent has brought nothing for so long that the server may be gone. */
  public boolean isDoubtful(long nowNs) {
    return silence.isDoubtful(nowNs);
  }

  /** Whether something that belongs to the allocation has come since {@link #verify}. */
  public boolean isVerified() {
    return state == State.ALLOCATED && verified;
  }

  /** Asks the server whether it still has the allocation. */
  public void verify(long nowNs) {
    if (state == State.ALLOCATED) {
      verified = false;
      silence.onSent(nowNs); // also when a refresh is on its way already
      refresh(nowNs);
    }
  }

  /** Takes a message of the server; what it cannot be is passed over. */
  public void receive(byte[] buffer, int offset, int length, long nowNs) {
    if (state == State.ENDED || length < TurnChannel.HEADER_BYTES) {
      return;
    }
    int first = buffer[offset] & 0xff;
    if (first >= CHANNEL_FIRST_BYTE && first <= CHANNEL_LAST_BYTE) {
      receiveChannelData(buffer, offset, length, nowNs);
      return;
    }
    ServerMessage message = codec.decode(buffer, offset, length);
    if (message == null) {
      return;
    }
    if (message.kind() == StunMessage.Kind.INDICATION) {
      receiveIndication(message, nowNs);
    } else if (client.receive(message, nowNs)) {
      silence.onHeard();
      verified |= message.kind() == StunMessage.Kind.SUCCESS;
    }
  }

  /** Only a server with our allocation sends this. */
  private void onProof() {
    silence.onHeard();
    verified = true;
  }

  /** RFC 8656 section 12.6. */
  private void receiveChannelData(byte[] buffer, int offset, int length, long nowNs) {
    int number = (buffer[offset] & 0xff) << 8 | buffer[offset + 1] & 0xff;
    int dataBytes = (buffer[offset + 2] & 0xff) << 8 | buffer[offset + 3] & 0xff;
    InetSocketAddress peer = peers.peerOf(number);
    // The length field may be smaller than the datagram, never larger: RFC 8656 section 12.5.
    if (state == State.ALLOCATED
        && peer != null
        && dataBytes <= length - TurnChannel.HEADER_BYTES) {
      onProof();
      listener.onData(buffer, offset + TurnChannel.HEADER_BYTES, dataBytes, peer, nowNs);
    }
  }

  private void receiveIndication(ServerMessage message, long nowNs) {
    InetSocketAddress peer = message.peer();
    byte[] data = message.data();
    // RFC 8656 section 11.4: only from peers that we believe to have a permission for.
    if (message.method() == ServerRequest.Method.DATA
        && state == State.ALLOCATED
        && peer != null
        && data != null
        && peers.permits(peer.getAddress())) {
      onProof();
      listener.onData(data, 0, data.length, peer, nowNs);
    }
  }

  /** Whether nothing will be sent or heard any more. */
  public boolean isEnded() {
    return state == State.ENDED;
  }

  public long nextDeadlineNs() {
    if (state == State.ENDED) {
      return Loop.NEVER;
    }
    long own = Math.min(Math.min(refreshNs, farewellEndNs), silence.nextDeadlineNs());
    return Math.min(own, Math.min(client.nextDeadlineNs(), peers.nextDeadlineNs()));
  }

  public void onDeadline(long nowNs) {
    if (nowNs >= farewellEndNs) {
      end();
      return;
    }
    client.onDeadline(nowNs);
    if (state == State.ALLOCATED) {
      peers.onDeadline(nowNs);
      if (silence.asks(nowNs) || nowNs >= refreshNs) {
        refresh(nowNs);
      }
    }
  }

  /** Once at a time: it renews the allocation, and its answer shows that the server has it. */
  private void refresh(long nowNs) {
    if (!refreshing) {
      refreshing = true;
      refreshNs = Loop.NEVER;
      silence.onSent(nowNs);
      client.send(ServerRequest.refresh(DEFAULT_LIFETIME_SECONDS), new RefreshAnswer(), nowNs);
    }
  }

  /** A permission or a channel was refused, or not answered for. */
  private void onRefused(ServerError error, long nowNs) {
    boolean gone = error.code() == ServerError.ALLOCATION_MISMATCH;
    if (state == State.ALLOCATED && (gone || isDead(error, nowNs))) {
      end(error, nowNs);
    }
  }

  /** Whether a request was not answered because the server is gone. */
  private boolean isDead(ServerError error, long nowNs) {
    return error.code() == ServerError.UNREACHABLE && silence.isDeath(nowNs);
  }

  /**
   * Gives the allocation back, RFC 8656 section 8: the owner goes on until {@link #isEnded}, a
   * second at most. The listener hears nothing more.
   */
  public void close(long nowNs) {
    if (state == State.NEW) {
      end();
    }
    if (state == State.ENDED || state == State.CLOSING) {
      return;
    }
    boolean allocated = state == State.ALLOCATED;
    state = State.CLOSING;
    farewellEndNs = nowNs + FAREWELL_NS;
    refreshNs = Loop.NEVER;
    silence.clear();
    peers.clear();
    client.hurry();
    if (allocated) {
      client.clear();
      sayFarewell(nowNs);
    }
  }

  private void sayFarewell(long nowNs) {
    client.send(ServerRequest.refresh(0), new Farewell(), nowNs);
  }

  private void end() {
    state = State.ENDED;
    client.clear();
    peers.clear();
  }

  private void end(ServerError error, long nowNs) {
    boolean tell = state != State.CLOSING;
    end();
    if (tell) {
      listener.onEnded(error, nowNs);
    }
  }

  private void refreshAt(ServerMessage response, long nowNs) {
    int seconds = response.lifetimeSeconds();
    long lifetimeNs = (seconds <= 0 ? DEFAULT_LIFETIME_SECONDS : seconds) * SECOND_NS;
    refreshNs = nowNs + Math.max(lifetimeNs - REFRESH_MARGIN_NS, lifetimeNs / 2);
  }

  private final class AllocateAnswer implements StunClient.Outcome {

    @Override
    public void onSuccess(ServerMessage response, long nowNs) {
      InetSocketAddress relayed = response.relayed();
      if (state == State.CLOSING) {
        sayFarewell(nowNs);
      } else if (relayed == null) {
        end(ServerError.unreachable("the server's answer has no relayed address"), nowNs);
      } else {
        state = State.ALLOCATED;
        refreshAt(response, nowNs);
        listener.onAllocated(relayed, response.mapped(), nowNs);
      }
    }

    @Override
    public void onError(ServerError error, @Nullable ServerMessage response, long nowNs) {
      InetSocketAddress alternate = response == null ? null : response.alternate();
      if (state == State.CLOSING) {
        end();
      } else if (error.code() == ServerError.TRY_ALTERNATE && alternate != null) {
        end();
        listener.onRedirected(alternate, nowNs);
      } else if (error.code() == ServerError.ADDRESS_FAMILY_NOT_SUPPORTED && ipv6) {
        ipv6 = false;
        allocate(nowNs);
      } else {
        end(error, nowNs);
      }
    }
  }

  private final class RefreshAnswer implements StunClient.Outcome {

    @Override
    public void onSuccess(ServerMessage response, long nowNs) {
      refreshing = false;
      refreshAt(response, nowNs);
    }

    @Override
    public void onError(ServerError error, @Nullable ServerMessage response, long nowNs) {
      refreshing = false;
      if (response == null && !isDead(error, nowNs)) {
        refreshNs = nowNs + ServerTransaction.RTO_NS; // lost seven times: once more
      } else {
        end(error, nowNs);
      }
    }
  }

  private final class Farewell implements StunClient.Outcome {

    @Override
    public void onSuccess(ServerMessage response, long nowNs) {
      end();
    }

    @Override
    public void onError(ServerError error, @Nullable ServerMessage response, long nowNs) {
      end();
    }
  }
}
