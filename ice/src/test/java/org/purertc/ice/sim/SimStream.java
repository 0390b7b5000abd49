package org.purertc.ice.sim;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** One end of a stream connection between {@link SimHost}s: bytes arrive in order or not yet. */
final class SimStream implements Network.AcceptedConnection {

  private static final int MAX_WAITING_BYTES = 512 * 1024;

  private final SimStreams streams;
  private final SimHost host;
  private final SimLoop loop;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private final Queue<byte[]> unsent = new ArrayDeque<>();
  private final Queue<byte[]> unread = new ArrayDeque<>();
  private Network.@Nullable StreamReceiver receiver;
  private @Nullable SimStream peer;
  private @Nullable String ended;
  private boolean open = true;
  private int unsentBytes;

  /** What was sent before arrives before. */
  long lastArrivalNs;

  /** Nothing arrives before what was lost has been sent again. */
  long heldUntilNs;

  SimStream(
      SimStreams streams,
      SimHost host,
      SimLoop loop,
      InetSocketAddress local,
      InetSocketAddress remote) {
    this.streams = streams;
    this.host = host;
    this.loop = loop;
    this.local = local;
    this.remote = remote;
  }

  void receiver(Network.StreamReceiver told) {
    receiver = told;
  }

  /** On the side that took the connection. */
  void peer(SimStream other) {
    peer = other;
  }

  /** On the side that opened it. */
  void connected(SimStream other) {
    Network.StreamReceiver told = receiver;
    if (!open || told == null) {
      other.end("the remote side closed the connection");
      return;
    }
    peer = other;
    boolean waited = !unsent.isEmpty();
    while (!unsent.isEmpty()) {
      streams.carry(this, other, unsent.remove());
    }
    unsentBytes = 0;
    told.onConnected(loop.nowNs());
    if (waited && open) {
      told.onWritable(loop.nowNs());
    }
  }

  void arrive(byte[] bytes) {
    Network.StreamReceiver told = receiver;
    if (told == null) {
      unread.add(bytes);
    } else if (open) {
      told.onBytes(bytes, 0, bytes.length, loop.nowNs());
    }
  }

  /** The other side closed it, or the network broke it. */
  void end(String reason) {
    Network.StreamReceiver told = receiver;
    if (told == null) {
      ended = reason;
    } else if (open) {
      open = false;
      streams.forget(this);
      told.onClosed(reason, loop.nowNs());
    }
  }

  SimHost host() {
    return host;
  }

  SimLoop loop() {
    return loop;
  }

  @Override
  public InetSocketAddress localAddress() {
    return local;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    SimStream other = peer;
    if (!open || length > roomBytes()) {
      return true;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
    if (other == null) {
      unsent.add(bytes);
      unsentBytes += length;
      return false;
    }
    streams.carry(this, other, bytes);
    return true;
  }

  @Override
  public int roomBytes() {
    return MAX_WAITING_BYTES - unsentBytes;
  }

  @Override
  public void handTo(Loop to, Network.StreamTaker taker) {
    receiver = null;
    to.execute(
        () -> {
          receiver = taker.take(this, loop.nowNs());
          while (!unread.isEmpty()) {
            arrive(unread.remove());
          }
          String reason = ended;
          if (reason != null) {
            end(reason);
          }
        });
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      streams.forget(this);
      SimStream other = peer;
      if (other != null) {
        streams.close(this, other);
      }
    }
  }
}
