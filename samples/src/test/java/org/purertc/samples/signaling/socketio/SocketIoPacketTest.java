package org.purertc.samples.signaling.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.socketio.SocketIoPacket.Type;

/** The examples are those of the protocol's description. */
class SocketIoPacketTest {

  @Test
  void anEventHasANameAndArguments() throws Exception {
    assertThat(SocketIoPacket.parse("2[\"hey\",\"Jude\"]"))
        .isEqualTo(new SocketIoPacket(Type.EVENT, "/", null, "[\"hey\",\"Jude\"]"));
  }

  @Test
  void anEventMayWishForAnAcknowledgement() throws Exception {
    assertThat(SocketIoPacket.parse("213[\"bar\"]"))
        .isEqualTo(new SocketIoPacket(Type.EVENT, "/", "13", "[\"bar\"]"));
    assertThat(SocketIoPacket.parse("2/admin,456[\"project:delete\",123]"))
        .isEqualTo(new SocketIoPacket(Type.EVENT, "/admin", "456", "[\"project:delete\",123]"));
  }

  @Test
  void connectingMayCarryData() throws Exception {
    assertThat(SocketIoPacket.parse("0"))
        .isEqualTo(new SocketIoPacket(Type.CONNECT, "/", null, ""));
    assertThat(SocketIoPacket.parse("0/admin,{\"sid\":\"x\"}"))
        .isEqualTo(new SocketIoPacket(Type.CONNECT, "/admin", null, "{\"sid\":\"x\"}"));
    assertThat(SocketIoPacket.parse("1/admin,").type()).isEqualTo(Type.DISCONNECT);
  }

  @Test
  void anotherNamespaceIsRefused() throws Exception {
    SocketIoPacket other = SocketIoPacket.parse("0/admin,");
    assertThat(other.isForMain()).isFalse();
    assertThat(other.refusal()).isEqualTo("4/admin,{\"message\":\"Invalid namespace\"}");
  }

  @Test
  void whatIsWrittenCanBeRead() throws Exception {
    assertThat(SocketIoPacket.parse(SocketIoPacket.event("signaling", "{\"a\":1}")).data())
        .isEqualTo("[\"signaling\",{\"a\":1}]");
    assertThat(SocketIoPacket.parse(SocketIoPacket.ack("7", "1")))
        .isEqualTo(new SocketIoPacket(Type.ACK, "/", "7", "[1]"));
    assertThat(SocketIoPacket.parse(SocketIoPacket.connected("x")).type()).isEqualTo(Type.CONNECT);
    assertThat(SocketIoPacket.parse(SocketIoPacket.disconnect()).type()).isEqualTo(Type.DISCONNECT);
  }

  /** It would be sent back. */
  @Test
  void namespacesHaveAnEnd() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> SocketIoPacket.parse("0/" + "x".repeat(101) + ","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "x", "[", "51-[\"baz\",{\"_placeholder\":true}]", "6", "-1"})
  void whatIsNoPacketOrHasAttachmentsIsRefused(String text) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> SocketIoPacket.parse(text));
  }
}
