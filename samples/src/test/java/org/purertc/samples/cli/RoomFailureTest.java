package org.purertc.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.client.TransportKind;
import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.RoomLimits;
import org.purertc.samples.signaling.server.SignalingOptions;
import org.purertc.samples.signaling.server.SignalingServer;
import picocli.CommandLine;

/** How {@code send} and {@code receive} end when a room does not let them in, or is empty. */
@Timeout(120)
class RoomFailureTest {
  private static final int WRONG_USAGE = 2;
  private static final int WRONG_PLACE = 3;
  private static final int NO_CONNECTION = 4;
  private static final int BUSY = 5;

  @TempDir private Path folder;
  private SignalingServer server;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    server = SignalingServer.start(0);
    file = Files.writeString(folder.resolve("a.txt"), "hello");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void startAnew(SignalingOptions options) throws IOException {
    server.close();
    server = SignalingServer.start(0, options);
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private void fails(int exitCode, String reason, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine command = PureRtc.commandLine().setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--loopback");
    assertThat(command.execute(all.toArray(String[]::new))).as("%s", err).isEqualTo(exitCode);
    assertThat(err.toString().lines().filter(line -> line.startsWith("purertc ")))
        .singleElement()
        .asString()
        .contains(reason);
  }

  private void receiveFails(int exitCode, String reason, String room, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("receive", "--server", url(), "--room", room, "--dir", folder.toString()));
    all.addAll(List.of(options));
    fails(exitCode, reason, all.toArray(String[]::new));
  }

  private void sendFails(int exitCode, String reason, String room, String... options) {
    List<String> all =
        new ArrayList<>(List.of("send", file.toString(), "--server", url(), "--room", room));
    all.addAll(List.of(options));
    fails(exitCode, reason, all.toArray(String[]::new));
  }

  @Test
  void aRoomThatCannotBe() {
    receiveFails(WRONG_PLACE, "no usable room or name", "tea/two");
    sendFails(WRONG_PLACE, "no usable room or name", "tea/two");
  }

  @Test
  void aRoomInWhichNobodyIs() {
    receiveFails(
        NO_CONNECTION, "nobody offers anything in room tea: waited 1 s", "tea", "--wait", "1");
  }

  @ParameterizedTest
  @EnumSource
  void aWrongToken(TransportKind transport) throws IOException {
    startAnew(SignalingOptions.DEFAULT.withToken("let me in"));
    String reason = "cannot enter room tea: this room asks for a token";
    String[] options = {"--token", "wrong", "--transport", transport.name()};
    receiveFails(WRONG_PLACE, reason, "tea", options);
    sendFails(WRONG_PLACE, reason, "tea", options);
  }

  @ParameterizedTest
  @EnumSource
  void aFullRoom(TransportKind transport) throws Exception {
    startAnew(
        SignalingOptions.DEFAULT.withLimits(
            RoomLimits.DEFAULT.withSession(SessionLimits.DEFAULT.withMembersPerRoom(1))));
    String reason = "cannot enter room tea: no more members fit into this room";
    JoinRequest first = JoinRequest.of("tea", "Ada");
    try (SignalingChannel ada =
        SignalingChannel.join(RoomServer.of(URI.create(url())), first, message -> {})) {
      assertThat(ada.welcome().members()).isEmpty();
      receiveFails(BUSY, reason, "tea", "--wait", "0", "--transport", transport.name());
      sendFails(BUSY, reason, "tea", "--transport", transport.name());
    }
  }

  @Test
  void noServer() {
    String[] nowhere = {"--server", "http://127.0.0.1:1", "--room", "tea"};
    String reason = "nobody answers at 127.0.0.1:1";
    fails(NO_CONNECTION, reason, with(nowhere, "receive"));
    fails(NO_CONNECTION, reason, with(nowhere, "send", file.toString()));
  }

  private static String[] with(String[] options, String... command) {
    return Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void halfAPlaceOrTwo() {
    fails(WRONG_USAGE, "a link, or --server and --room", "receive");
    fails(WRONG_USAGE, "--server=URL", "receive", "--room", "tea");
    fails(WRONG_USAGE, "--room=", "send", file.toString(), "--server", url());
    sendFails(WRONG_USAGE, "are for links", "tea", "--port", "8081");
    String link = url() + "/abcdefgh#AQIDBAUGBwgJCgsMDQ4PEA";
    receiveFails(WRONG_USAGE, "one of the two", "tea", link);
  }
}
