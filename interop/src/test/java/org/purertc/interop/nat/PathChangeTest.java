package org.purertc.interop.nat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real NATs, addresses and servers change while both sides send. */
@Tag("interop")
class PathChangeTest {
  private static final long SOME_BYTES = 1 << 20;

  @TempDir static Path directory;

  private static NatCall call;

  @BeforeAll
  static void start() throws Exception {
    call = new NatCall(directory, NatType.PORT, NatType.PORT, PeerProgram.IMPATIENT);
  }

  @AfterAll
  static void stop() {
    call.close();
  }

  @AfterEach
  void end() {
    call.end();
  }

  private void sendBehind(NatType ofA, NatType ofB) {
    call.lab.a.nat(ofA);
    call.lab.b.nat(ofB);
    call.begin();
    call.a.transfer();
    call.b.transfer();
    awaitBothWays();
  }

  /** What is on its way counts little: a window of SCTP is smaller. */
  private static void awaitBothWays() {
    call.a.awaitMore(SOME_BYTES);
    call.b.awaitMore(SOME_BYTES);
  }

  private static void assertNothingIsLost() {
    awaitBothWays();
    call.a.finish();
    call.b.finish();
    assertSame(call.a, call.b);
    assertSame(call.b, call.a);
  }

  private static void assertSame(ProgramPeer sender, ProgramPeer receiver) {
    JsonNode sent = sender.sent();
    JsonNode received = receiver.received();
    assertThat(received.path("bytes").asLong()).isEqualTo(sent.path("bytes").asLong());
    assertThat(received.path("sha256").asText()).isEqualTo(sent.path("sha256").asText());
  }

  @Test
  void theHostGetsAnotherAddressAndARestartFindsIt() {
    sendBehind(NatType.PORT, NatType.PORT);
    String before = call.b.selected().path("remoteAddress").asText();
    call.lab.a.moveHost(7);
    call.a.restart();
    assertNothingIsLost();
    assertThat(call.b.selected().path("remoteAddress").asText()).isNotEqualTo(before);
  }

  @Test
  void theNatGetsAnotherAddressAndARestartFindsIt() {
    sendBehind(NatType.PORT, NatType.PORT);
    call.lab.a.moveNat(21);
    call.b.restart();
    assertNothingIsLost();
    assertThat(call.b.selected().path("remoteAddress").asText()).startsWith("203.0.113.21:");
    call.lab.a.moveNat(1);
  }

  /** What a check from a new address makes is a peer-reflexive candidate, RFC 8445 7.3.1.3. */
  @Test
  void theNatForgetsAndTheNewPortIsFoundWithoutARestart() {
    sendBehind(NatType.SYMMETRIC, NatType.FULL);
    call.awaitLocals(locals -> locals.get(0).equals("prflx"));
    String before = call.b.selected().path("remoteAddress").asText();
    call.lab.a.forget();
    assertNothingIsLost();
    JsonNode pair = call.b.selected();
    assertThat(pair.path("remoteAddress").asText()).startsWith("203.0.113.1:").isNotEqualTo(before);
    assertThat(pair.path("remote").asText()).isEqualTo("prflx");
  }

  @Test
  void anOutageEndsAndARestartGoesOnWithTheTransfer() {
    sendBehind(NatType.PORT, NatType.PORT);
    call.lab.a.unplug();
    call.a.await("disconnected");
    call.lab.a.plug();
    call.a.restart();
    assertNothingIsLost();
  }

  @Test
  void theTurnServerIsKilledAndARestartAsksItAgain() {
    sendBehind(NatType.SYMMETRIC, NatType.SYMMETRIC);
    call.server.kill();
    call.a.await("disconnected");
    call.server.start();
    call.a.restart();
    assertNothingIsLost();
  }
}
