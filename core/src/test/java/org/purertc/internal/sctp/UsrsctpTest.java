package org.purertc.internal.sctp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our SCTP against usrsctp; the sides are usrsctp's. */
@Tag("interop")
class UsrsctpTest {
  private static final int[] SIZES = {1, 1_000, 1_200, 16_384, 65_535, 65_536, 262_144};
  private static final SendOptions UNORDERED = new SendOptions(true, -1, -1);

  @TempDir private static Path directory;
  private static Path program;

  @BeforeAll
  static void build() throws IOException, InterruptedException, URISyntaxException {
    var source = Objects.requireNonNull(UsrsctpTest.class.getResource("/usrsctp/peer.c"));
    program = directory.resolve("usrsctp-peer");
    Process gcc =
        new ProcessBuilder(
                "gcc",
                "-O1",
                "-Wall",
                "-Werror",
                "-o",
                program.toString(),
                Path.of(source.toURI()).toString(),
                "-lusrsctp",
                "-lpthread")
            .redirectErrorStream(true)
            .start();
    String output = new String(gcc.getInputStream().readAllBytes(), UTF_8);
    assertThat(gcc.waitFor()).as(output).isZero();
  }

  private static UsrsctpPeer connected(String side) throws IOException {
    UsrsctpPeer peer = new UsrsctpPeer(program, side);
    peer.until(() -> peer.java.association.isConnected() && peer.says.contains("association 1"));
    return peer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "connect"})
  void agreesOnAllStreams(String side) throws IOException {
    try (UsrsctpPeer peer = connected(side)) {
      assertThat(peer.java.events).containsExactly("connected 65535/65535");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "connect"})
  void messagesOfEachSizeComeBackInOrder(String side) throws IOException {
    try (UsrsctpPeer peer = connected(side)) {
      Random random = new Random(1);
      List<byte[]> messages = new ArrayList<>();
      for (int size : SIZES) {
        byte[] message = new byte[size];
        random.nextBytes(message);
        messages.add(message);
        peer.send(3, message, SendOptions.RELIABLE);
      }
      peer.until(() -> peer.java.received.size() == SIZES.length);
      List<String> sent = Arrays.stream(SIZES).mapToObj(size -> "3:" + size).toList();
      assertThat(peer.received()).isEqualTo(sent);
      for (int i = 0; i < SIZES.length; i++) {
        assertThat(peer.java.received.get(i).bytes()).isEqualTo(messages.get(i));
        assertThat(peer.java.received.get(i).ppid()).isEqualTo(53);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "connect"})
  void unorderedMessagesAllComeBack(String side) throws IOException {
    try (UsrsctpPeer peer = connected(side)) {
      for (int i = 1; i <= 100; i++) {
        peer.send(i % 5, new byte[i * 37], UNORDERED);
      }
      peer.until(() -> peer.java.received.size() == 100);
      assertThat(peer.received()).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ordered", "unordered"})
  void takesWhatUsrsctpBegins(String order) throws IOException {
    try (UsrsctpPeer peer = connected("connect")) {
      peer.type("send 65534 65536 " + order);
      peer.until(() -> peer.java.received.size() == 1);
      byte[] expected = new byte[65_536];
      Arrays.fill(expected, (byte) 65_534);
      assertThat(peer.java.received.get(0).bytes()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "connect"})
  void ourStreamResetIsAnswered(String side) throws IOException {
    try (UsrsctpPeer peer = connected(side)) {
      peer.send(7, new byte[] {1}, SendOptions.RELIABLE);
      peer.until(() -> peer.java.received.size() == 1);
      peer.java.association.resetStreams(new int[] {7}, peer.java.nowNs);
      peer.until(() -> peer.java.events.size() == 3 && peer.says.contains("outgoing reset 7"));
      assertThat(peer.java.events).contains("outgoing reset [7]", "incoming reset [7]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "connect"})
  void itsStreamResetIsAnsweredAndTheStreamUsedAgain(String side) throws IOException {
    try (UsrsctpPeer peer = connected(side)) {
      peer.send(8, new byte[] {1}, SendOptions.RELIABLE);
      peer.until(() -> peer.java.received.size() == 1);
      peer.type("reset 8");
      peer.until(() -> peer.java.events.contains("incoming reset [8]"));
      peer.java.association.resetStreams(new int[] {8}, peer.java.nowNs);
      peer.until(() -> peer.java.events.contains("outgoing reset [8]"));
      peer.until(() -> peer.says.contains("incoming reset 8"));
      peer.send(8, new byte[] {2}, SendOptions.RELIABLE);
      peer.until(() -> peer.java.received.size() == 2);
      assertThat(peer.java.received.get(1).bytes()).containsExactly(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "connect"})
  void ourShutdownIsOrderly(String side) throws IOException {
    try (UsrsctpPeer peer = connected(side)) {
      peer.java.association.shutdown(peer.java.nowNs);
      peer.until(() -> peer.java.events.contains("closed orderly"));
      peer.until(() -> peer.says.contains("closed 0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "connect"})
  void itsShutdownIsOrderly(String side) throws IOException {
    try (UsrsctpPeer peer = connected(side)) {
      peer.type("shutdown");
      peer.until(() -> peer.java.events.contains("closed orderly"));
    }
  }
}
