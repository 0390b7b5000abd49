package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.transfer.TransferMessage.Accept;
import org.purertc.samples.transfer.TransferMessage.Begin;
import org.purertc.samples.transfer.TransferMessage.Done;
import org.purertc.samples.transfer.TransferMessage.End;
import org.purertc.samples.transfer.TransferMessage.Entries;
import org.purertc.samples.transfer.TransferMessage.Failed;
import org.purertc.samples.transfer.TransferMessage.Have;
import org.purertc.samples.transfer.TransferMessage.Offer;
import org.purertc.samples.transfer.TransferMessage.Received;
import org.purertc.samples.transfer.TransferMessage.Skip;
import org.purertc.samples.transfer.TransferMessage.Verified;
import org.purertc.samples.transfer.TransferMessage.Zeros;

class MessageTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  static Stream<TransferMessage> messages() {
    return Stream.of(
        new Hello(Role.RECEIVER, HASH, "run-1_x", 1L << 33),
        new Hello(Role.SENDER, "", "", 0),
        new Entries(
            List.of(
                Entry.directory("d", -1),
                Entry.file("d/Größe \"大\"", 1L << 40, 1_700_000_000_000L, true),
                Entry.file("stdin", Entry.UNKNOWN, 0, false),
                Entry.link("d/l", "../d"))),
        new Offer(2, 1L << 40),
        new Offer(1, Entry.UNKNOWN),
        new Skip(List.of(0, 7)),
        new Accept(1_000_000),
        new Begin(3, 1L << 40),
        new Zeros(1 << 20),
        new Received(1L << 40),
        new End(3, HASH),
        new Verified(3, HASH),
        new Done(),
        new Failed(FailureCode.DISK, "no room"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void isReadAsItWasWritten(TransferMessage message) throws Exception {
    assertThat(MessageReader.read(MessageWriter.write(message))).isEqualTo(message);
  }

  @Test
  void hashesAreReadAsTheyWereWritten() throws Exception {
    byte[] hashes = new byte[3 * ContentHash.BYTES];
    new Random(1).nextBytes(hashes);
    var message = MessageReader.read(MessageWriter.write(new Have(4, 1 << 20, hashes)));
    assertThat(message).isInstanceOf(Have.class);
    assertThat(((Have) message).hashes()).isEqualTo(hashes);
  }

  @Test
  void theWireIsAsInTheDocument() {
    assertThat(MessageWriter.write(new Hello(Role.RECEIVER, "ab", "id", 5)))
        .isEqualTo(
            "{\"type\":\"hello\",\"version\":2,\"role\":\"receiver\",\"proof\":\"ab\","
                + "\"receiver\":\"id\",\"wish\":5}");
    assertThat(
            MessageWriter.write(
                new Entries(
                    List.of(
                        Entry.file("d/a.txt", 5, 1_700_000_000_000L, true),
                        Entry.directory("d", 1),
                        Entry.link("d/l", "a.txt")))))
        .isEqualTo(
            "{\"type\":\"entries\",\"entries\":["
                + "{\"path\":\"d/a.txt\",\"kind\":\"file\",\"size\":5,"
                + "\"modified\":1700000000000,\"executable\":true},"
                + "{\"path\":\"d\",\"kind\":\"directory\",\"modified\":1},"
                + "{\"path\":\"d/l\",\"kind\":\"link\",\"target\":\"a.txt\"}]}");
    assertThat(MessageWriter.write(new Failed(FailureCode.NAME, "no")))
        .isEqualTo("{\"type\":\"failed\",\"code\":\"name\",\"reason\":\"no\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "null",
        "[]",
        "{}",
        "{\"type\":\"none\"}",
        "{\"type\":7}",
        "{\"type\":\"hello\",\"role\":\"sender\"}",
        "{\"type\":\"hello\",\"version\":1,\"role\":\"sender\"}",
        "{\"type\":\"hello\",\"version\":2,\"role\":\"both\"}",
        "{\"type\":\"hello\",\"version\":2,\"role\":\"sender\",\"proof\":7}",
        "{\"type\":\"hello\",\"version\":2,\"role\":\"sender\",\"receiver\":\"a\\u001bb\"}",
        "{\"type\":\"hello\",\"version\":2,\"role\":\"receiver\",\"wish\":-1}",
        "{\"type\":\"entries\"}",
        "{\"type\":\"entries\",\"entries\":[1]}",
        "{\"type\":\"entries\",\"entries\":[{\"path\":\"a\",\"kind\":\"pipe\"}]}",
        "{\"type\":\"entries\",\"entries\":[{\"kind\":\"directory\"}]}",
        "{\"type\":\"entries\",\"entries\":[{\"path\":\"a\",\"kind\":\"file\",\"size\":-1}]}",
        "{\"type\":\"entries\",\"entries\":[{\"path\":\"a\",\"kind\":\"file\",\"size\":1.5}]}",
        "{\"type\":\"entries\",\"entries\":[{\"path\":\"a\",\"kind\":\"file\",\"size\":1e30}]}",
        "{\"type\":\"entries\",\"entries\":[{\"path\":\"a\",\"kind\":\"link\"}]}",
        "{\"type\":\"offer\"}",
        "{\"type\":\"offer\",\"files\":\"2\",\"bytes\":1}",
        "{\"type\":\"have\",\"file\":0,\"block\":1}",
        "{\"type\":\"have\",\"file\":0,\"block\":1,\"hashes\":[]}",
        "{\"type\":\"have\",\"file\":0,\"block\":1,\"hashes\":[\"00\"]}",
        "{\"type\":\"skip\",\"files\":[-1]}",
        "{\"type\":\"skip\",\"files\":[99999999999]}",
        "{\"type\":\"accept\",\"limit\":-5}",
        "{\"type\":\"file\",\"file\":0}",
        "{\"type\":\"zeros\",\"bytes\":-1}",
        "{\"type\":\"received\",\"bytes\":99999999999999999999}",
        "{\"type\":\"end\",\"file\":0}",
        "{\"type\":\"end\",\"file\":0,\"sha256\":\"zz\"}",
        "{\"type\":\"verified\",\"sha256\":\"\"}",
      })
  void anythingElseIsAFailureOfTheProtocol(String text) {
    assertThatThrownBy(() -> MessageReader.read(text))
        .isInstanceOfSatisfying(
            TransferException.class, it -> assertThat(it.code()).isEqualTo(FailureCode.PROTOCOL));
  }

  @Test
  void aReasonIsOneShortLineWithoutControlCharacters() throws Exception {
    assertThat(
            MessageReader.read(
                "{\"type\":\"failed\",\"code\":\"x\",\"reason\":\"a\\n\\u001b[31mb\"}"))
        .isEqualTo(new Failed(FailureCode.OTHER, "a [31mb"));
    var longOne =
        (Failed)
            MessageReader.read(
                "{\"type\":\"failed\",\"code\":\"hash\",\"reason\":\"" + "a".repeat(999) + "\"}");
    assertThat(longOne.reason()).hasSize(301);
  }

  @Test
  void nobodyCanSayThatTheConnectionIsLost() throws Exception {
    assertThat(MessageReader.read("{\"type\":\"failed\",\"code\":\"lost\",\"reason\":\"\"}"))
        .isEqualTo(new Failed(FailureCode.OTHER, ""));
  }
}
