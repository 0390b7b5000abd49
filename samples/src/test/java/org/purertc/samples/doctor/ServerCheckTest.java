package org.purertc.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.PeerConnectionFactory;
import org.purertc.samples.doctor.Observation.Bandwidth;
import org.purertc.samples.doctor.Observation.Server;
import org.purertc.samples.inspect.OwnPeers;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;

class ServerCheckTest {
  private static final long LIMIT_MS = 20_000;
  private static final List<IceServer> ICE_SERVERS =
      List.of(new IceServer(List.of("stun:127.0.0.1:9"), null, null));

  private final PeerConnectionFactory factory = factory();

  private static PeerConnectionFactory factory() {
    return PeerConnectionFactory.builder().loopbackOnly().build();
  }

  @AfterEach
  void close() {
    factory.close();
  }

  private static SignalingOptions options() throws Exception {
    return SignalingOptions.DEFAULT
        .withHost(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))
        .withToken("a&b");
  }

  private static ServerCheck check(int port, @Nullable String token) {
    return new ServerCheck(RoomServer.of(URI.create("http://127.0.0.1:" + port)), token);
  }

  @Test
  void aServerLetsInAndItsPeerSendsBack() throws Exception {
    try (OwnPeers peers = new OwnPeers(ServerCheckTest::factory, "a&b"::equals);
        SignalingServer server = SignalingServer.start(0, options(), peers::configure)) {
      ServerCheck check = check(server.port(), "a&b");
      check.join();
      Server seen = check.measure(factory, LIMIT_MS);
      assertThat(seen.reason()).isNull();
      Bandwidth bandwidth = seen.bandwidth();
      assertThat(bandwidth).isNotNull();
      assertThat(bandwidth.bitsPerSecond()).isPositive();
      assertThat(bandwidth.roundTripMs()).isPositive();
      assertThat(bandwidth.path()).isEqualTo("host to host");
      assertThat(bandwidth.protocol()).isEqualTo("udp");
    }
  }

  @Test
  void itsIceServersAreTold() throws Exception {
    try (SignalingServer server = SignalingServer.start(0, options().withIceServers(ICE_SERVERS))) {
      ServerCheck check = check(server.port(), "a&b");
      check.join();
      assertThat(check.iceServers()).isEqualTo(ICE_SERVERS);
    }
  }

  @Test
  void aServerWithoutAPeerIsReachedAllTheSame() throws Exception {
    try (SignalingServer server = SignalingServer.start(0, options())) {
      ServerCheck check = check(server.port(), "a&b");
      check.join();
      Server seen = check.measure(factory, LIMIT_MS);
      assertThat(seen.reached()).isTrue();
      assertThat(seen.bandwidth()).isNull();
      assertThat(seen.reason()).isEqualTo("the server has no peer of its own");
    }
  }

  @Test
  void aWrongTokenIsTold() throws Exception {
    try (SignalingServer server = SignalingServer.start(0, options())) {
      ServerCheck check = check(server.port(), "wrong");
      check.join();
      Server seen = check.measure(factory, LIMIT_MS);
      assertThat(seen.reached()).isFalse();
      assertThat(seen.reason()).contains("token");
    }
  }

  @Test
  void nobodyAtThatPortIsTold() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    ServerCheck check = check(port, null);
    check.join();
    assertThat(check.measure(factory, LIMIT_MS).reached()).isFalse();
  }
}
