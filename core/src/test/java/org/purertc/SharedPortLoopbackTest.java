package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many peers of a factory with two loops on one UDP port, over real sockets on loopback. */
class SharedPortLoopbackTest {
  private static final int PATIENCE_S = 60;
  private static final int PEERS = 200;

  /** Handshakes at a time: all at once would take longer than a handshake may on a busy machine. */
  private static final int AT_ONCE = 10;

  private final int port = freePort();

  private static int freePort() {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private PeerConnectionFactory.Builder server() {
    return PeerConnectionFactory.builder().loops(2).loopbackOnly().udpPort(port);
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
  }

  /** A client with a port of its own and the server's peer that answers it. */
  private static final class Link implements AutoCloseable {
    final RTCPeerConnection client;
    final RTCPeerConnection server;
    final RTCDataChannel channel;
    final CompletableFuture<String> echoed = new CompletableFuture<>();

    Link(PeerConnectionFactory clients, PeerConnectionFactory servers) {
      client = clients.createPeerConnection(RTCConfiguration.builder().build());
      server = servers.createPeerConnection(RTCConfiguration.builder().build());
      server.onDataChannel(it -> it.onMessage(message -> it.send(message.text())));
      channel = client.createDataChannel("echo");
      channel.onMessage(message -> echoed.complete(message.text()));
    }

    CompletableFuture<?> connect() {
      return client
          .setLocalDescription()
          .thenCompose(bare -> client.gatheringComplete())
          .thenCompose(server::setRemoteDescription)
          .thenCompose(done -> server.setLocalDescription())
          .thenCompose(bare -> server.gatheringComplete())
          .thenCompose(client::setRemoteDescription)
          .thenCompose(done -> channel.opened());
    }

    @Override
    public void close() {
      client.close();
      server.close();
    }
  }

  private void connectTalkAndClose(
      int count, PeerConnectionFactory clients, PeerConnectionFactory servers) {
    List<Link> links = new ArrayList<>();
    while (links.size() < count) {
      List<CompletableFuture<?>> open = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Link link = new Link(clients, servers);
        links.add(link);
        open.add(link.connect());
      }
      open.forEach(SharedPortLoopbackTest::await);
    }
    for (int i = 0; i < count; i++) {
      links.get(i).channel.send("for " + i);
    }
    for (int i = 0; i < count; i++) {
      assertThat(await(links.get(i).echoed)).isEqualTo("for " + i);
    }
    assertThat(links.get(0).server.localDescription().sdp()).contains(" " + port + " typ host");
    links.forEach(Link::close);
  }

  @Test
  void twoHundredPeersShareOnePortAndTheNextTwentyToo() {
    try (PeerConnectionFactory clients = clients();
        PeerConnectionFactory servers = server().build()) {
      connectTalkAndClose(PEERS, clients, servers);
      connectTalkAndClose(PEERS / 10, clients, servers);
    }
  }

  private static PeerConnectionFactory clients() {
    return PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
  }

  @Test
  void thePortIsFreeForTheNextFactory() {
    try (PeerConnectionFactory clients = clients()) {
      for (int i = 0; i < 3; i++) {
        try (PeerConnectionFactory servers = server().build();
            Link link = new Link(clients, servers)) {
          await(link.connect());
        }
      }
    }
  }

  @Test
  void whatBelongsToNoPeerGoesToTheProgramWhichMayAnswer() throws Exception {
    CompletableFuture<UnknownDatagram> seen = new CompletableFuture<>();
    try (PeerConnectionFactory clients = clients();
        PeerConnectionFactory servers = server().onUnknownDatagram(seen::complete).build();
        Link link = new Link(clients, servers);
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      await(link.connect());
      byte[] question = "who is there?".getBytes(StandardCharsets.UTF_8);
      InetSocketAddress shared = new InetSocketAddress("127.0.0.1", port);
      stranger.send(new DatagramPacket(question, question.length, shared));
      UnknownDatagram datagram = await(seen);
      assertThat(datagram.bytes()).isEqualTo(question);
      assertThat(datagram.from()).isEqualTo(stranger.getLocalSocketAddress());
      assertThat(datagram.to()).isEqualTo(shared);
      datagram.reply("me".getBytes(StandardCharsets.UTF_8));
      DatagramPacket answer = new DatagramPacket(new byte[9], 9);
      stranger.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_S));
      stranger.receive(answer);
      assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8))
          .isEqualTo("me");
    }
  }

  @Test
  void aFloodOfUnknownUfragsHarmsNobody() throws Exception {
    try (PeerConnectionFactory clients = clients();
        PeerConnectionFactory servers = server().build();
        Link before = new Link(clients, servers);
        Link after = new Link(clients, servers);
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      await(before.connect());
      InetSocketAddress shared = new InetSocketAddress("127.0.0.1", port);
      for (int i = 0; i < 20_000; i++) {
        byte[] check =
            ByteBuffer.allocate(32)
                .putShort((short) 1)
                .putShort((short) 12)
                .putInt(0x2112A442)
                .position(20)
                .putShort((short) 6)
                .putShort((short) 8)
                .putInt(i)
                .putInt(':' << 24)
                .array();
        stranger.send(new DatagramPacket(check, check.length, shared));
      }
      await(after.connect());
      before.channel.send("still here");
      assertThat(await(before.echoed)).isEqualTo("still here");
    }
  }

  @Test
  void aTakenPortIsTheReasonOfAFailure() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"));
        DatagramSocket taken6 = new DatagramSocket(port, InetAddress.getByName("::1"));
        PeerConnectionFactory clients = clients();
        PeerConnectionFactory servers = server().build();
        Link link = new Link(clients, servers)) {
      CompletableFuture<Void> failed = new CompletableFuture<>();
      link.server.onConnectionStateChange(
          state -> {
            if (state == RTCPeerConnectionState.FAILED) {
              failed.complete(null);
            }
          });
      var unused = link.connect();
      await(failed);
      assertThat(link.server.failureReason()).contains("no port on").contains("in use");
      assertThat(taken.isBound() && taken6.isBound()).isTrue();
    }
  }

  @Test
  void theBuilderRefusesWhatCannotBe() {
    PeerConnectionFactory.Builder builder = PeerConnectionFactory.builder();
    assertThatThrownBy(() -> builder.udpPort(0)).hasMessage("udpPort(0): give 1 to 65535");
    assertThatThrownBy(() -> builder.udpPortRange(9, 8)).hasMessageContaining("range within");
    assertThatThrownBy(() -> builder.udpPort(9).udpPortRange(8, 9))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("either");
    assertThatThrownBy(() -> builder.natMapping("example.org"))
        .hasMessage("example.org is no IP address");
    assertThatThrownBy(() -> builder.natMapping("192.0.2.1").natMapping("192.0.2.2"))
        .hasMessageContaining("there is one to 192.0.2.1 already");
    assertThatThrownBy(
            () -> PeerConnectionFactory.builder().onUnknownDatagram(datagram -> {}).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("onUnknownDatagram needs udpPort");
  }
}
