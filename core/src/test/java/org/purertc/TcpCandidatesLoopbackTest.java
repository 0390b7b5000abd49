package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that are told of no UDP candidates, over real sockets on loopback. */
class TcpCandidatesLoopbackTest {
  private static final int PATIENCE_S = 60;
  private static final int PEERS = 20;
  private static final int MESSAGES = 64;
  private static final int MESSAGE_BYTES = 60_000;

  private static final byte[] HTTP = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8);

  private final int port = freePort();

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private PeerConnectionFactory servers() {
    return PeerConnectionFactory.builder().loops(2).loopbackOnly().tcpPort(port).build();
  }

  private static PeerConnectionFactory clients() {
    return PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
  }

  private static RTCSessionDescription withoutUdp(RTCSessionDescription description) {
    String sdp =
        description
            .sdp()
            .lines()
            .filter(line -> !line.startsWith("a=candidate:") || !line.contains(" udp "))
            .collect(Collectors.joining("\r\n", "", "\r\n"));
    return new RTCSessionDescription(description.type(), sdp);
  }

  /** The offerer has a channel on which the answerer sends everything back. */
  private static final class Link implements AutoCloseable {
    final RTCPeerConnection offerer;
    final RTCPeerConnection answerer;
    final RTCDataChannel channel;

    Link(PeerConnectionFactory offerers, PeerConnectionFactory answerers) {
      offerer = offerers.createPeerConnection(RTCConfiguration.DEFAULT);
      answerer = answerers.createPeerConnection(RTCConfiguration.DEFAULT);
      answerer.onDataChannel(it -> it.onMessage(message -> it.send(message.bytes())));
      channel = offerer.createDataChannel("echo");
    }

    CompletableFuture<?> connect() {
      return offerer
          .setLocalDescription()
          .thenCompose(bare -> offerer.gatheringComplete())
          .thenCompose(offer -> answerer.setRemoteDescription(withoutUdp(offer)))
          .thenCompose(done -> answerer.setLocalDescription())
          .thenCompose(bare -> answerer.gatheringComplete())
          .thenCompose(answer -> offerer.setRemoteDescription(withoutUdp(answer)))
          .thenCompose(done -> channel.opened());
    }

    @Override
    public void close() {
      offerer.close();
      answerer.close();
    }
  }

  private static List<RTCStats> candidatesOfSelectedPair(RTCPeerConnection peer) {
    RTCStatsReport report = await(peer.getStats());
    String id = report.ofType("transport").get(0).text("selectedCandidatePairId");
    RTCStats pair = report.get(String.valueOf(id));
    assertThat(pair).isNotNull();
    return List.of(
        report.get(String.valueOf(pair.text("localCandidateId"))),
        report.get(String.valueOf(pair.text("remoteCandidateId"))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void someMegabytesGoBothWaysOverTcp(boolean serverOffers) throws Exception {
    try (PeerConnectionFactory clients = clients();
        PeerConnectionFactory servers = servers();
        Link link = serverOffers ? new Link(servers, clients) : new Link(clients, servers)) {
      CountDownLatch echoed = new CountDownLatch(MESSAGES);
      link.channel.onMessage(
          message -> {
            if (message.bytes().length == MESSAGE_BYTES) {
              echoed.countDown();
            }
          });
      await(link.connect());
      for (int i = 0; i < MESSAGES; i++) {
        link.channel.send(new byte[MESSAGE_BYTES]);
      }
      assertThat(echoed.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
      RTCPeerConnection client = serverOffers ? link.answerer : link.offerer;
      RTCPeerConnection server = serverOffers ? link.offerer : link.answerer;
      assertThat(candidatesOfSelectedPair(client))
          .allMatch(candidate -> "tcp".equals(candidate.text("protocol")))
          .extracting(candidate -> candidate.text("tcpType"))
          .containsExactly("active", "passive");
      assertThat(candidatesOfSelectedPair(server))
          .allMatch(candidate -> "tcp".equals(candidate.text("protocol")))
          .extracting(candidate -> candidate.text("tcpType"))
          .containsExactly("passive", "active");
    }
  }

  @Test
  void manyPeersShareOneTcpPortAndItIsFreeAfterThem() throws Exception {
    try (PeerConnectionFactory clients = clients()) {
      for (int round = 0; round < 2; round++) {
        try (PeerConnectionFactory servers = servers()) {
          List<Link> links = new ArrayList<>();
          for (int i = 0; i < PEERS; i++) {
            Link link = new Link(clients, servers);
            links.add(link);
            await(link.connect());
          }
          for (int i = 0; i < PEERS; i++) {
            String text = "for " + i;
            var echoed = new CompletableFuture<String>();
            links.get(i).channel.onMessage(message -> echoed.complete(message.text()));
            links.get(i).channel.send(text.getBytes(StandardCharsets.UTF_8));
            assertThat(await(echoed)).isEqualTo(text);
          }
          links.forEach(Link::close);
        }
      }
    }
  }

  @Test
  void aPageThatAsksThePortByHttpIsTurnedAwayAndPeersGoOn() throws Exception {
    try (PeerConnectionFactory clients = clients();
        PeerConnectionFactory servers = servers();
        Link before = new Link(clients, servers);
        Link after = new Link(clients, servers)) {
      await(before.connect());
      for (int i = 0; i < 100; i++) {
        try (Socket stranger = new Socket("127.0.0.1", port)) {
          stranger.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_S));
          stranger.getOutputStream().write(HTTP);
          assertThat(end(stranger)).isTrue();
        }
      }
      await(after.connect());
    }
  }

  private static boolean end(Socket stranger) {
    try (InputStream in = stranger.getInputStream()) {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void candidatesOfTcpAreToldAsRfc6544WritesThem() {
    try (PeerConnectionFactory servers = servers();
        RTCPeerConnection peer = servers.createPeerConnection(RTCConfiguration.DEFAULT)) {
      var unused = peer.createDataChannel("any");
      List<RTCIceCandidate> all = new ArrayList<>();
      var gathered = new CompletableFuture<List<RTCIceCandidate>>();
      peer.onIceCandidate(
          candidate -> {
            if (candidate == null || candidate.candidate().isEmpty()) {
              gathered.complete(List.copyOf(all));
            } else {
              all.add(candidate);
            }
          });
      await(peer.setLocalDescription());
      String sdp = await(peer.gatheringComplete()).sdp();
      assertThat(sdp).containsPattern(" tcp \\d+ 127.0.0.1 " + port + " typ host tcptype passive");
      assertThat(sdp).containsPattern(" tcp \\d+ 127.0.0.1 9 typ host tcptype active");
      List<RTCIceCandidate> told = await(gathered);
      assertThat(told).extracting(RTCIceCandidate::protocol).contains("udp", "tcp");
      assertThat(told)
          .filteredOn(candidate -> "passive".equals(candidate.tcpType()))
          .allMatch(candidate -> Integer.valueOf(port).equals(candidate.port()))
          .isNotEmpty();
    }
  }

  @Test
  void noConnectionsAreOpenedWhenTheProgramWantsNone() {
    try (PeerConnectionFactory factory =
            PeerConnectionFactory.builder().loopbackOnly().withoutActiveTcp().build();
        RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      var unused = peer.createDataChannel("any");
      await(peer.setLocalDescription());
      assertThat(await(peer.gatheringComplete()).sdp()).contains(" udp ").doesNotContain(" tcp ");
    }
  }

  @Test
  void theBuilderRefusesWhatIsNoPort() {
    assertThatThrownBy(() -> PeerConnectionFactory.builder().tcpPort(65_536))
        .hasMessage("tcpPort(65536): give 1 to 65535");
  }
}
