package org.purertc.ice.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;

/** A {@link TurnAllocation} on a simulated host, and what it told. */
final class TurnClientEnd implements TurnAllocation.Listener, ServerPath, Network.DatagramReceiver {

  final List<String> events = new ArrayList<>();
  final List<String> texts = new ArrayList<>();
  final TurnAllocation allocation;
  private final SimLoop loop;
  private final InetSocketAddress server;
  private final Network.DatagramPort port;
  private final Loop.LoopTimer timer;
  @Nullable InetSocketAddress relayed;

  TurnClientEnd(SimHost host, SimLoop loop, InetSocketAddress server, String password) {
    this.loop = loop;
    this.server = server;
    try {
      port = host.open(loop, new InetSocketAddress(host.localAddresses().get(0), 0), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    allocation =
        new TurnAllocation(
            new ServerCodec(),
            this,
            new ServerCredentials(TurnServerDouble.USER, password),
            new Random(1),
            this);
    timer =
        loop.timer(
            nowNs -> {
              allocation.onDeadline(nowNs);
              settle();
            });
  }

  TurnClientEnd start() {
    return start(false);
  }

  TurnClientEnd start(boolean ipv6) {
    allocation.start(ipv6, loop.nowNs());
    settle();
    return this;
  }

  void send(InetSocketAddress peer, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    allocation.send(peer, bytes, 0, bytes.length, loop.nowNs());
    settle();
  }

  void close() {
    allocation.close(loop.nowNs());
    settle();
  }

  InetSocketAddress relayed() {
    InetSocketAddress address = relayed;
    if (address == null) {
      throw new AssertionError("no allocation: " + events);
    }
    return address;
  }

  private void settle() {
    timer.set(allocation.nextDeadlineNs());
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    return port.send(buffer, offset, length, server);
  }

  @Override
  public boolean isReliable() {
    return false;
  }

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    allocation.receive(buffer, offset, length, nowNs);
    settle();
  }

  @Override
  public void onWritable(long nowNs) {}

  @Override
  public void onAllocated(
      InetSocketAddress address, @Nullable InetSocketAddress mapped, long nowNs) {
    relayed = address;
    events.add("allocated");
  }

  @Override
  public void onRedirected(InetSocketAddress alternate, long nowNs) {
    events.add("redirected to " + alternate);
  }

  @Override
  public void onEnded(ServerError error, long nowNs) {
    events.add("ended " + error.code());
  }

  @Override
  public void onData(byte[] buffer, int offset, int length, InetSocketAddress peer, long nowNs) {
    texts.add(new String(buffer, offset, length, UTF_8));
  }
}
