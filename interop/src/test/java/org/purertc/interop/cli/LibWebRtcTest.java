package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.interop.network.NetworkNamespace;

/**
 * {@code purertc connect} and libwebrtc with the same lines, in a JVM of its own: it never uses
 * loopback, so it runs in a network namespace.
 */
@Tag("interop")
class LibWebRtcTest {
  private static final int LARGE_BYTES = 65_536;
  private static final int LARGE_MESSAGES = 160;

  /** Who makes the offer and the channel. */
  enum Offerer {
    OURS,
    LIBWEBRTC
  }

  /** Two connected programs, whose channel is open. */
  private record Pair(NetworkNamespace network, Program ours, Program libwebrtc)
      implements AutoCloseable {

    static Pair connect(Offerer offerer, String options) {
      boolean oursOffers = offerer == Offerer.OURS;
      NetworkNamespace network = new NetworkNamespace();
      Program ours = Program.purertc(arguments(oursOffers, options));
      Program libwebrtc = LibWebRtcProgram.start(network, arguments(!oursOffers, options));
      ours.pipeTo(libwebrtc);
      libwebrtc.pipeTo(ours);
      Pair pair = new Pair(network, ours, libwebrtc);
      try {
        ours.await("\"name\":\"open\",\"channel\":\"data\"");
        libwebrtc.await("\"name\":\"open\",\"channel\":\"data\"");
        return pair;
      } catch (AssertionError e) {
        pair.close();
        throw e;
      }
    }

    private static String[] arguments(boolean offers, String options) {
      List<String> all = new ArrayList<>(List.of("connect", offers ? "--offer" : "--answer"));
      if (offers && !options.isEmpty()) {
        all.addAll(Arrays.asList(options.split(" ")));
      }
      return all.toArray(String[]::new);
    }

    /** Sends a text and some bytes each way. */
    void talk() {
      carry(ours, libwebrtc, "\"text\":\"grüß dich, libwebrtc\"");
      carry(libwebrtc, ours, "\"text\":\"grüß dich, Java\"");
      carry(ours, libwebrtc, "\"base64\":\"AAEC\"");
      carry(libwebrtc, ours, "\"base64\":\"/wAB\"");
    }

    private static void carry(Program from, Program to, String content) {
      from.type("{\"type\":\"send\",\"channel\":\"data\"," + content + "}");
      to.await("\"type\":\"message\",\"channel\":\"data\"," + content);
    }

    /** Ends both in peace: the channel first, by one side. */
    void end(Program closer) {
      closer.type("{\"type\":\"close\",\"channel\":\"data\"}");
      ours.await("\"name\":\"close\",\"channel\":\"data\"");
      libwebrtc.await("\"name\":\"close\",\"channel\":\"data\"");
      closer.type("{\"type\":\"close\"}");
      assertThat(closer.exitCode()).as("%s", closer).isZero();
      if (closer == ours) {
        libwebrtc.type("{\"type\":\"close\"}");
      }
      assertThat(ours.exitCode()).as("%s", ours).isZero();
      assertThat(ours.err()).isEmpty();
    }

    @Override
    public void close() {
      ours.close();
      libwebrtc.close();
      network.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"OURS, true", "OURS, false", "LIBWEBRTC, true", "LIBWEBRTC, false"})
  void talksAndIsClosedByEitherSide(Offerer offerer, boolean oursCloses) {
    try (Pair pair = Pair.connect(offerer, "")) {
      pair.talk();
      pair.end(oursCloses ? pair.ours() : pair.libwebrtc());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--unordered --max-retransmits 3", "--max-packet-life-time 500"})
  void announcesTheKindOfItsChannel(String options) {
    announces(options);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"--unordered", "--max-retransmits 0"})
  void announcesOtherKindsOfItsChannel(String options) {
    announces(options);
  }

  private static void announces(String options) {
    try (Pair pair = Pair.connect(Offerer.OURS, options)) {
      String announced =
          "\"ordered\":\"%s\",\"reliable\":\"%s\""
              .formatted(!options.contains("unordered"), !options.contains("max"));
      assertThat(pair.libwebrtc().out()).anyMatch(line -> line.contains(announced));
      pair.talk();
    }
  }

  @Test
  void talksOnAChannelOfItsOwnKind() {
    talksOn("--unordered --max-retransmits 3");
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"--unordered", "--max-retransmits 0", "--max-packet-life-time 500"})
  void talksOnOtherKindsOfItsChannels(String options) {
    talksOn(options);
  }

  private static void talksOn(String options) {
    try (Pair pair = Pair.connect(Offerer.LIBWEBRTC, options)) {
      pair.talk();
    }
  }

  @Test
  void carriesTenMegabytesEachWay() throws NoSuchAlgorithmException {
    carriesTenMegabytes(Offerer.OURS);
  }

  @Test
  @Tag("long")
  void carriesTenMegabytesEachWayWhenLibWebRtcOffers() throws NoSuchAlgorithmException {
    carriesTenMegabytes(Offerer.LIBWEBRTC);
  }

  private static void carriesTenMegabytes(Offerer offerer) throws NoSuchAlgorithmException {
    try (Pair pair = Pair.connect(offerer, "")) {
      assertThat(carryLargeMessages(pair.ours(), pair.libwebrtc(), 1)).isTrue();
      assertThat(carryLargeMessages(pair.libwebrtc(), pair.ours(), 2)).isTrue();
      pair.end(pair.ours());
    }
  }

  /** Whether what arrived has the hash of what was sent. */
  private static boolean carryLargeMessages(Program from, Program to, long seed)
      throws NoSuchAlgorithmException {
    Random random = new Random(seed);
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    byte[] message = new byte[LARGE_BYTES];
    for (int i = 0; i < LARGE_MESSAGES; i++) {
      random.nextBytes(message);
      sent.update(message);
      String base64 = Base64.getEncoder().encodeToString(message);
      from.type("{\"type\":\"send\",\"channel\":\"data\",\"base64\":\"" + base64 + "\"}");
    }
    MessageDigest received = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < LARGE_MESSAGES; i++) {
      String base64 = to.await("\"type\":\"message\".*\"base64\":\"([^\"]*)\"").group(1);
      received.update(Base64.getDecoder().decode(base64));
    }
    return MessageDigest.isEqual(sent.digest(), received.digest());
  }
}
