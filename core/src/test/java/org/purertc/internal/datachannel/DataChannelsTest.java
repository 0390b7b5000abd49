package org.purertc.internal.datachannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Opening channels, their ids, and messages. */
class DataChannelsTest extends ChannelScene {

  @Test
  void openIsAnnouncedWithoutWaitingForTheAck() {
    connect(true);
    channels.create(RELIABLE, new Recorder("chat"));
    assertThat(events).containsExactly("chat id 0", "chat open");
    assertThat(transport.last().ppid()).isEqualTo(50);
    assertThat(transport.last().hex()).startsWith("0300");
  }

  @Test
  void channelsWaitForRoleAndAssociationInTheOrderOfTheirCreation() {
    channels.create(named("a"), new Recorder("a"));
    channels.create(negotiated(5), new Recorder("n"));
    channels.create(named("b"), new Recorder("b"));
    assertThat(events).isEmpty();
    channels.onDtlsRole(false);
    assertThat(events).containsExactly("a id 1", "b id 3");
    channels.onConnected(65_535, 65_535);
    assertThat(events).containsExactly("a id 1", "b id 3", "a open", "n open", "b open");
    assertThat(transport.sent).extracting(FakeTransport.Sent::streamId).containsExactly(1, 3);
  }

  @Test
  void idsAreEvenForTheClientAndOddForTheServerAndSkipWhatIsTaken() {
    connect(true);
    channels.create(negotiated(2), new Recorder("n"));
    assertThat(channels.create(RELIABLE, new Recorder("a")).id()).isZero();
    assertThat(channels.create(RELIABLE, new Recorder("b")).id()).isEqualTo(4);
  }

  @Test
  void id65535IsNeverUsed() {
    channels.onDtlsRole(false);
    channels.onConnected(65_535, 65_535);
    assertThatThrownBy(() -> channels.create(negotiated(65_535), new Recorder("n")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("65535");
    for (int id = 1; id < 65_535; id += 2) {
      assertThat(channels.create(RELIABLE, new Recorder("c")).id()).isEqualTo(id);
    }
    assertThatThrownBy(() -> channels.create(RELIABLE, new Recorder("c")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("close one");
  }

  @Test
  void channelBeyondTheStreamsOfThePeerFails() {
    channels.create(negotiated(16), new Recorder("n"));
    channels.onDtlsRole(true);
    channels.onConnected(16, 16);
    assertThat(events).containsExactly("n failed: stream 16 is not among the 16 of the peer");
    channels.onOutboundStreams(32);
    channels.create(negotiated(16), new Recorder("later"));
    assertThat(events).contains("later open");
  }

  @Test
  void negotiatedIdIsUsedOnce() {
    channels.create(negotiated(5), new Recorder("n"));
    assertThatThrownBy(() -> channels.create(negotiated(5), new Recorder("m")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("5 is in use");
  }

  @Test
  void incomingChannelIsAcknowledgedAndShownBeforeItsMessages() {
    connect(true);
    open(1, "remote");
    text(1, "hi");
    assertThat(events).containsExactly("incoming remote on 1", "remote open", "remote text hi");
    assertThat(transport.last()).isEqualTo(new FakeTransport.Sent(1, 50, "02", false, -1, -1));
    assertThat(swallowed).isEqualTo(12 + "remote".length());
  }

  @Test
  void parametersOfAnIncomingChannelAreThoseOfItsOpen() {
    connect(true);
    byte[] open = new DcepMessage.Open(false, -1, 300, 256, "r", "proto").toBytes();
    channels.onMessage(1, 50, open);
    DataChannel channel = channels.channel(1);
    assertThat(channel).isNotNull();
    assertThat(channel.parameters())
        .isEqualTo(new ChannelParameters("r", "proto", false, -1, 300, -1));
    channel.send(false, new byte[] {1});
    assertThat(transport.last())
        .isEqualTo(new FakeTransport.Sent(1, 53, "01", true, -1, 300_000_000L));
  }

  @Test
  void kindAndEmptinessAreInThePpid() {
    connect(true);
    DataChannel channel = channels.create(RELIABLE, new Recorder("c"));
    channel.send(true, bytes("a"));
    assertThat(transport.last().ppid()).isEqualTo(51);
    channel.send(false, bytes("a"));
    assertThat(transport.last().ppid()).isEqualTo(53);
    channel.send(true, bytes(""));
    assertThat(transport.last()).isEqualTo(new FakeTransport.Sent(0, 56, "00", false, -1, -1));
    channel.send(false, bytes(""));
    assertThat(transport.last()).isEqualTo(new FakeTransport.Sent(0, 57, "00", false, -1, -1));
  }

  @Test
  void emptyMessagesArrive() {
    connect(true);
    channels.create(negotiated(3), new Recorder("n"));
    channels.onMessage(3, 56, new byte[1]);
    channels.onMessage(3, 57, new byte[1]);
    assertThat(events).containsExactly("n open", "n text ", "n binary ");
    assertThat(swallowed).as("the user has them").isZero();
  }

  @Test
  void messagesInPartsAreJoined() {
    connect(true);
    channels.create(negotiated(3), new Recorder("n"));
    channels.onMessage(3, 54, bytes("he"));
    channels.onMessage(3, 51, bytes("llo"));
    channels.onMessage(3, 52, bytes("by"));
    channels.onMessage(3, 53, bytes("tes"));
    assertThat(events).containsExactly("n open", "n text hello", "n binary bytes");
    assertThat(swallowed).isZero();
  }

  @Test
  void unorderedChannelSendsInOrderUntilTheAck() {
    connect(true);
    ChannelParameters unordered = new ChannelParameters("u", "", false, 0, -1, -1);
    DataChannel channel = channels.create(unordered, new Recorder("u"));
    channel.send(true, bytes("a"));
    assertThat(transport.last().unordered()).isFalse();
    assertThat(transport.last().maxRetransmits()).isZero();
    channels.onMessage(0, 50, new DcepMessage.Ack().toBytes());
    channel.send(true, bytes("b"));
    assertThat(transport.last().unordered()).isTrue();
  }

  @Test
  void messageFromThePeerCountsAsAck() {
    connect(true);
    ChannelParameters unordered = new ChannelParameters("u", "", false, -1, -1, -1);
    DataChannel channel = channels.create(unordered, new Recorder("u"));
    text(0, "x");
    channel.send(true, bytes("b"));
    assertThat(transport.last().unordered()).isTrue();
  }

  @Test
  void onlyTheBytesOfTheUserCountAsSent() {
    connect(true);
    DataChannel channel = channels.create(RELIABLE, new Recorder("c"));
    int openBytes = transport.last().bytes();
    channel.send(true, bytes("abc"));
    channel.send(true, bytes(""));
    channel.send(true, bytes("de"));
    events.clear();
    channels.onSent(0, openBytes);
    channels.onSent(0, 2);
    channels.onSent(0, 3);
    channels.onSent(0, 1);
    assertThat(events)
        .containsExactly("c sent 2 ending 0", "c sent 2 ending 2", "c sent 1 ending 1");
  }

  @Test
  void dataForANegotiatedChannelThatDoesNotExistYetIsKept() {
    connect(true);
    text(9, "early");
    channels.onMessage(9, 53, bytes("bytes"));
    assertThat(swallowed).isZero();
    channels.create(negotiated(9), new Recorder("n"));
    assertThat(events).containsExactly("n open", "n text early", "n binary bytes");
  }

  @Test
  void dataForChannelsThatNeverComeIsBounded() {
    connect(true);
    for (int i = 0; i < 100; i++) {
      channels.onMessage(i, 53, new byte[10 << 10]);
    }
    int kept = EarlyMessages.MAX_BYTES / (10 << 10);
    assertThat(swallowed).isEqualTo((100 - kept) * (10 << 10));
    for (int i = 0; i < 2 * EarlyMessages.MAX_MESSAGES; i++) {
      channels.onMessage(i, 51, new byte[1]);
    }
    assertThat(swallowed).isGreaterThan((100 - kept) * (10 << 10) + EarlyMessages.MAX_MESSAGES);
  }

  @Test
  void resetOfAStreamWithoutChannelDropsWhatWasKept() {
    connect(true);
    text(9, "early");
    channels.onIncomingStreamsReset(new int[] {9});
    assertThat(swallowed).isEqualTo(5);
    channels.create(negotiated(9), new Recorder("n"));
    assertThat(events).containsExactly("n open");
  }

  @Test
  void unknownPpidIsSwallowed() {
    connect(true);
    channels.create(negotiated(3), new Recorder("n"));
    channels.onMessage(3, 0, bytes("abc"));
    channels.onMessage(3, 55, bytes("abc"));
    assertThat(swallowed).isEqualTo(6);
    assertThat(events).containsExactly("n open");
  }
}
