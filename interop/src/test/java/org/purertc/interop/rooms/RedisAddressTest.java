package org.purertc.interop.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.cluster.RedisAddress;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;
import org.purertc.samples.tls.SelfSignedCertificate;

/** Servers find their Redis by each kind of address that docs/scaling.md names. */
@Tag("interop")
@Timeout(240)
class RedisAddressTest {
  private static final String PASSWORD = "s3cret/@:";
  private static final String ENCODED = "s3cret%2F%40%3A";

  @TempDir private Path directory;

  private static SignalingServer start(String uri) throws IOException {
    return start(new RedisAddress(uri, null));
  }

  private static SignalingServer start(RedisAddress address) throws IOException {
    return SignalingServer.start(0, SignalingOptions.DEFAULT.withRedis(address));
  }

  private static void talk(SignalingServer one, SignalingServer two) throws Exception {
    try (RoomMember ada = new RoomMember(one.port(), TransportKind.WEB_SOCKET, "Ada");
        RoomMember bob = new RoomMember(two.port(), TransportKind.EVENT_STREAM, "Bob")) {
      bob.chat("hello");
      ada.awaitLine("hello");
    }
  }

  private static void talkBy(String uri) throws Exception {
    talkBy(new RedisAddress(uri, null));
  }

  private static void talkBy(RedisAddress address) throws Exception {
    try (SignalingServer one = start(address);
        SignalingServer two = start(address)) {
      talk(one, two);
    }
  }

  @Test
  void aPassword() throws Exception {
    try (RedisServer redis = new RedisServer(directory, "--requirepass", PASSWORD)) {
      String place = "@127.0.0.1:" + redis.port();
      talkBy("redis://:" + ENCODED + place);
      talkBy("redis://default:" + ENCODED + place);
      assertThatThrownBy(() -> start("redis://:wrong" + place))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContaining("wrong@");
      assertThatThrownBy(() -> start(redis.uri())).hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void tls() throws Exception {
    SelfSignedCertificate.in(directory, "127.0.0.1");
    Path certificate = SelfSignedCertificate.publicFile(directory);
    try (RedisServer redis = withTls()) {
      String uri = "rediss://:" + ENCODED + "@127.0.0.1:" + redis.port();
      talkBy(uri + "?verifyPeer=NONE");
      assertThatThrownBy(() -> start(uri)).hasMessageContaining("certificat");
      talkBy(new RedisAddress(uri, certificate));
    }
  }

  @Test
  void trustInAnotherCertificateIsNone() throws Exception {
    SelfSignedCertificate.in(directory, "127.0.0.1");
    Path other = directory.resolve("other");
    SelfSignedCertificate.in(other, "127.0.0.1");
    try (RedisServer redis = withTls()) {
      String uri = "rediss://:" + ENCODED + "@127.0.0.1:" + redis.port();
      Path stranger = SelfSignedCertificate.publicFile(other);
      assertThatThrownBy(() -> start(new RedisAddress(uri, stranger)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("certificate")
          .hasMessageContaining("--redis-ca");
      assertThatThrownBy(() -> start(new RedisAddress(uri, other.resolve("none.pem"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no such file")
          .hasMessageContaining("none.pem");
      String open = uri.replace("rediss:", "redis:");
      assertThatThrownBy(() -> start(new RedisAddress(open, stranger)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("rediss:");
    }
  }

  private RedisServer withTls() throws IOException, InterruptedException {
    return new RedisServer(
        directory,
        "--tls-cert-file",
        SelfSignedCertificate.publicFile(directory).toString(),
        "--tls-key-file",
        directory.resolve("tls-key.pem").toString(),
        "--tls-auth-clients",
        "no",
        "--requirepass",
        PASSWORD);
  }

  /** The main Redis dies, and the sentinel makes the other one the main. */
  @Test
  void aSentinel() throws Exception {
    String[] password = {"--requirepass", PASSWORD, "--masterauth", PASSWORD};
    try (RedisServer main = new RedisServer(directory, password);
        RedisServer second = new RedisServer(directory, with(password, main.port()))) {
      assertThat(second.port()).isNotEqualTo(main.port());
      int port = RedisServer.freePort();
      try (Sentinel sentinel = new Sentinel(directory, port, main.port(), PASSWORD)) {
        sentinel.awaitReplica();
        String uri = "redis-sentinel://:" + ENCODED + "@127.0.0.1:" + port + "#rooms";
        try (SignalingServer one = start(uri);
            SignalingServer two = start(uri);
            RoomMember ada = new RoomMember(one.port(), TransportKind.WEB_SOCKET, "Ada");
            RoomMember bob = new RoomMember(two.port(), TransportKind.WEB_SOCKET, "Bob")) {
          bob.chat("before");
          ada.awaitLine("before");
          main.kill();
          bob.chat("after");
          ada.awaitLine("after");
          assertThat(ada.lines).isEqualTo(List.of("before", "after"));
        }
      }
    }
  }

  private static String[] with(String[] password, int main) {
    return new String[] {
      password[0], password[1], password[2], password[3], "--replicaof", "127.0.0.1 " + main
    };
  }
}
