package org.purertc.samples.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.purertc.samples.relay.Impairment.Bottleneck;
import org.purertc.samples.terminal.CommandFailure;

@Timeout(20)
class RelayTest {
  private static final Impairment FIVE_MS = new Impairment(5_000_000, 0, 0, 0, 0, Bottleneck.NONE);

  private static void send(DatagramSocket from, String text, InetSocketAddress to)
      throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to));
  }

  private static String receive(DatagramSocket at, InetSocketAddress from) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    at.receive(packet);
    assertThat(packet.getSocketAddress()).isEqualTo(from);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static CompletableFuture<Void> start(Relay relay) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            relay.run(Long.MAX_VALUE);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        task -> new Thread(task, "relay").start());
  }

  @Test
  void eachPeerSeesTheOtherAtItsOwnPortAndNotEarly() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (DatagramSocket a = new DatagramSocket(0, loopback);
        DatagramSocket b = new DatagramSocket(0, loopback);
        Relay relay =
            Relay.open(
                loopback,
                new Relay.Peers(
                    (InetSocketAddress) a.getLocalSocketAddress(),
                    (InetSocketAddress) b.getLocalSocketAddress()),
                FIVE_MS,
                1)) {
      CompletableFuture<Void> running = start(relay);
      long startNs = System.nanoTime();
      send(a, "there", relay.addressForA());
      assertThat(receive(b, relay.addressForB())).isEqualTo("there");
      send(b, "back", relay.addressForB());
      assertThat(receive(a, relay.addressForA())).isEqualTo("back");
      assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(10_000_000);
      relay.stop();
      running.join();
      assertThat(relay.fromA().sent).isEqualTo(1);
      assertThat(relay.fromB().sentBytes).isEqualTo(4);
    }
  }

  @Test
  void learnsThePeersFromTheirFirstDatagramAndDropsStrangers() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (DatagramSocket a = new DatagramSocket(0, loopback);
        DatagramSocket b = new DatagramSocket(0, loopback);
        DatagramSocket stranger = new DatagramSocket(0, loopback);
        Relay relay = Relay.open(loopback, Relay.Peers.UNKNOWN, FIVE_MS, 1)) {
      // All wait in the sockets before the relay starts: the order is certain.
      send(a, "hello", relay.addressForA());
      send(stranger, "me too", relay.addressForA());
      send(b, "hi", relay.addressForB());
      CompletableFuture<Void> running = start(relay);
      assertThat(receive(b, relay.addressForB())).isEqualTo("hello");
      assertThat(receive(a, relay.addressForA())).isEqualTo("hi");
      relay.stop();
      running.join();
      assertThat(relay.fromA().foreign).isEqualTo(1);
    }
  }

  @Test
  void refusesAnotherHost() throws Exception {
    InetAddress other = InetAddress.getByName("192.0.2.1");
    assertThatThrownBy(() -> LocalAddress.require("--a", other))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("--a 192.0.2.1 is no address of this host");
    assertThat(LocalAddress.isLocal(InetAddress.getByName("0.0.0.0"))).isFalse();
  }
}
