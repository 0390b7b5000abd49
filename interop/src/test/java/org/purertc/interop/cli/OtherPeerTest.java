package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code purertc connect} and a peer that others wrote, which trickles and echoes messages; the
 * same for each such peer. The side that offers makes the channel.
 */
@Tag("interop")
abstract class OtherPeerTest {
  private static final int MESSAGES = 50;

  /** Starts the other peer: {@code offer} or {@code answer}, then {@code unordered} or nothing. */
  abstract Program other(String... arguments);

  /** What {@code connect} needs to reach it. */
  abstract List<String> reachingIt();

  private Program java(String... arguments) {
    List<String> all = new ArrayList<>(List.of("connect"));
    all.addAll(List.of(arguments));
    all.addAll(reachingIt());
    return Program.purertc(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"--offer, answer", "--answer, offer"})
  void echoesTextAndBinary(String side, String otherSide) {
    try (Program other = other(otherSide);
        Program java = java(side)) {
      join(java, other);
      echo(java, "\"text\":\"grüß dich ☕\"");
      Random random = new Random(1);
      for (int size : new int[] {1, 1_200, 16_384, 65_536}) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        echo(java, "\"base64\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"");
      }
      assertThat(java.out()).noneMatch(line -> line.contains("\"error\""));
      java.type("{\"type\":\"close\"}");
      assertThat(java.exitCode()).as("%s", java).isZero();
      assertThat(java.err()).isEmpty();
      end(other);
    }
  }

  @Test
  void takesEmptyMessages() {
    empties("--offer", "answer");
  }

  @Test
  @Tag("long")
  void takesEmptyMessagesWhenTheOtherOffers() {
    empties("--answer", "offer");
  }

  private void empties(String side, String otherSide) {
    try (Program other = other(otherSide);
        Program java = java(side)) {
      join(java, other);
      empty(java, other, "\"text\":\"\"");
      empty(java, other, "\"base64\":\"\"");
      end(java);
      end(other);
    }
  }

  @Test
  void seesTheKindOfAChannel() {
    try (Program other = other("answer");
        Program java =
            java("--offer", "--unordered", "--max-retransmits", "10", "--protocol", "game")) {
      assertThat(join(java, other)).containsPattern("\"ordered\": ?false.*\"protocol\": ?\"game\"");
      end(java);
      end(other);
    }
  }

  @ParameterizedTest
  @CsvSource({"--offer --unordered, answer", "--answer, offer unordered"})
  void echoesOnAnUnorderedChannel(String side, String otherSide) {
    try (Program other = other(otherSide.split(" "));
        Program java = java(side.split(" "))) {
      join(java, other);
      List<String> sent = IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toList();
      for (String text : sent) {
        java.type("{\"type\":\"send\",\"text\":\"" + text + "\"}");
      }
      List<String> echoed = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        echoed.add(java.await("\"type\":\"message\",.*\"text\":\"([^\"]*)\"").group(1));
      }
      assertThat(echoed).containsExactlyInAnyOrderElementsOf(sent);
      end(java);
      end(other);
    }
  }

  @Test
  void closesTheChannelFromThisSide() {
    closesHere("--offer", "answer");
  }

  @Test
  @Tag("long")
  void closesTheChannelFromThisSideWhenTheOtherOffers() {
    closesHere("--answer", "offer");
  }

  private void closesHere(String side, String otherSide) {
    try (Program other = other(otherSide);
        Program java = java(side)) {
      join(java, other);
      java.type("{\"type\":\"close\",\"channel\":\"data\"}");
      other.await("\"name\": ?\"close\"");
      java.await("\"name\":\"close\",\"channel\":\"data\"");
      end(java);
      end(other);
    }
  }

  @Test
  void closesTheChannelFromTheOtherSide() {
    closesThere("--offer", "answer");
  }

  @Test
  @Tag("long")
  void closesTheChannelFromTheOtherSideWhenItOffers() {
    closesThere("--answer", "offer");
  }

  private void closesThere(String side, String otherSide) {
    try (Program other = other(otherSide);
        Program java = java(side)) {
      join(java, other);
      other.type("{\"type\":\"close\",\"channel\":\"data\"}");
      java.await("\"name\":\"closing\",\"channel\":\"data\"");
      java.await("\"name\":\"close\",\"channel\":\"data\"");
      other.await("\"name\": ?\"close\"");
      end(java);
      end(other);
    }
  }

  /** Gives what the other says of the open channel. */
  private static String join(Program java, Program other) {
    java.pipeTo(other);
    other.pipeTo(java);
    java.await("\"name\":\"open\",\"channel\":\"data\"");
    return other.await("\"name\": ?\"open\".*").group();
  }

  /** Sends an empty message and waits until it is seen to have come. */
  void empty(Program java, Program other, String content) {
    echo(java, content);
  }

  private static void echo(Program java, String content) {
    java.type("{\"type\":\"send\",\"channel\":\"data\"," + content + "}");
    java.await("\"type\":\"message\",\"channel\":\"data\"," + content.replace("+", "\\+"));
  }

  private static void end(Program program) {
    program.type("{\"type\":\"close\"}");
    assertThat(program.exitCode()).as("%s", program).isZero();
  }

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(OtherPeerTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
