package org.purertc.internal.datachannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataChannelsTest implements DataChannels.Listener {
  private static final ChannelParameters RELIABLE = named("chat");

  private final FakeTransport transport = new FakeTransport();
  private final DataChannels channels = new DataChannels(transport, this);
  private final List<String> events = new ArrayList<>();
  private int swallowed;

  private final class Recorder implements ChannelListener {
    private final String name;

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public void onId(int streamId) {
      events.add(name + " id " + streamId);
    }

    @Override
    public void onOpen() {
      events.add(name + " open");
    }

    @Override
    public void onMessage(boolean isText, byte[] message) {
      String text = new String(message, StandardCharsets.UTF_8);
      events.add(name + (isText ? " text " : " binary ") + text);
    }

    @Override
    public void onSent(int bytes) {
      events.add(name + " sent " + bytes);
    }

    @Override
    public void onClosing() {
      events.add(name + " closing");
    }

    @Override
    public void onClosed(boolean orderly, String reason) {
      events.add(name + (orderly ? " closed" : " failed: " + reason));
    }
  }

  @Override
  public ChannelListener onIncoming(DataChannel channel) {
    String label = channel.parameters().label();
    events.add("incoming " + label + " on " + channel.id());
    return new Recorder(label);
  }

  @Override
  public void onSwallowed(int bytes) {
    swallowed += bytes;
  }

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
    assertThat(transport.last())
        .isEqualTo(new FakeTransport.Sent(1, 50, "02", false, -1, -1));
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
    assertThat(swallowed).isEqualTo(2);
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
  void endlessMessageInPartsClosesItsChannel() {
    connect(true);
    channels.create(negotiated(3), new Recorder("n"));
    for (int i = 0; i < 5; i++) {
      channels.onMessage(3, 52, new byte[64 << 10]);
    }
    assertThat(events).containsExactly("n open", "n closing");
    assertThat(swallowed).isEqualTo(5 * (64 << 10));
    assertThat(channels.malformedMessages()).isOne();
    assertThat(transport.resets).containsExactly(3);
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
    assertThat(events).containsExactly("c sent 2", "c sent 2", "c sent 1");
  }

  @Test
  void closeWaitsUntilEverythingIsSentThenForBothResets() {
    connect(true);
    DataChannel channel = channels.create(RELIABLE, new Recorder("c"));
    channel.send(true, bytes("abc"));
    channel.close();
    assertThat(channel.send(true, bytes("no"))).isFalse();
    assertThat(transport.resets).isEmpty();
    channels.onSent(0, transport.sent.get(0).bytes());
    assertThat(transport.resets).isEmpty();
    channels.onSent(0, 3);
    assertThat(transport.resets).containsExactly(0);
    channels.onOutgoingStreamsReset(new int[] {0}, true);
    assertThat(events).doesNotContain("c closed");
    channels.onIncomingStreamsReset(new int[] {0});
    assertThat(events).containsExactly("c id 0", "c open", "c sent 3", "c closed");
  }

  @Test
  void idIsFreeOnlyAfterBothResets() {
    connect(true);
    DataChannel channel = channels.create(RELIABLE, new Recorder("a"));
    sentAll(channel);
    channel.close();
    channels.onIncomingStreamsReset(new int[] {0});
    assertThat(channels.create(RELIABLE, new Recorder("b")).id()).isEqualTo(2);
    channels.onOutgoingStreamsReset(new int[] {0}, true);
    assertThat(events).contains("a closed");
    assertThat(channels.create(RELIABLE, new Recorder("c")).id()).isZero();
  }

  @Test
  void resetOfThePeerClosesTheChannelAndIsAnswered() {
    connect(true);
    open(1, "r");
    channels.onIncomingStreamsReset(new int[] {1});
    assertThat(events).endsWith("r open", "r closing");
    assertThat(transport.resets).containsExactly(1);
    channels.onOutgoingStreamsReset(new int[] {1}, true);
    assertThat(events).endsWith("r closing", "r closed");
    assertThat(channels.channel(1)).isNull();
  }

  @Test
  void messagesAfterCloseAreDiscarded() {
    connect(true);
    channels.create(negotiated(3), new Recorder("n")).close();
    text(3, "late");
    assertThat(events).containsExactly("n open");
    assertThat(swallowed).isEqualTo(4);
  }

  @Test
  void newChannelOnAStreamWhoseOldOneIsAboutToEndWaitsForIt() {
    connect(true);
    open(1, "old");
    channels.onIncomingStreamsReset(new int[] {1});
    open(1, "new");
    text(1, "hi");
    assertThat(events).doesNotContain("incoming new on 1");
    channels.onOutgoingStreamsReset(new int[] {1}, true);
    assertThat(events)
        .endsWith("old closed", "incoming new on 1", "new open", "new text hi");
  }

  @Test
  void deniedResetIsTriedAgainThenGivenUpAndTheIdNotUsedAgain() {
    connect(true);
    DataChannel channel = channels.create(negotiated(0), new Recorder("n"));
    channel.close();
    channels.onOutgoingStreamsReset(new int[] {0}, false);
    channels.onOutgoingStreamsReset(new int[] {0}, false);
    assertThat(transport.resets).containsExactly(0, 0, 0);
    channels.onOutgoingStreamsReset(new int[] {0}, false);
    assertThat(events).endsWith("n failed: the peer does not reset the stream");
    text(0, "lost");
    assertThat(swallowed).isEqualTo(4);
    assertThat(channels.create(RELIABLE, new Recorder("c")).id()).isEqualTo(2);
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

  @Test
  void openOnAStreamInUseClosesTheChannel() {
    connect(true);
    channels.create(negotiated(3), new Recorder("n"));
    open(3, "other");
    assertThat(events).containsExactly("n open", "n closing");
    assertThat(transport.resets).containsExactly(3);
    assertThat(transport.sent).isEmpty();
    channels.onOutgoingStreamsReset(new int[] {3}, true);
    channels.onIncomingStreamsReset(new int[] {3});
    assertThat(events).endsWith("n failed: the peer opened a channel on stream 3 in use");
  }

  @Test
  void openWithOurParityIsRefusedByAReset() {
    connect(true);
    open(4, "wrong");
    assertThat(events).isEmpty();
    assertThat(transport.sent).isEmpty();
    assertThat(transport.resets).containsExactly(4);
    channels.onOutgoingStreamsReset(new int[] {4}, true);
    channels.onIncomingStreamsReset(new int[] {4});
    assertThat(channels.channel(4)).isNull();
    assertThat(events).isEmpty();
  }

  @Test
  void malformedDcepIsCountedAndResetsTheStream() {
    connect(true);
    open(1, "r");
    channels.onMessage(1, 50, new byte[] {9});
    channels.onMessage(3, 50, new byte[] {3, 0});
    assertThat(channels.malformedMessages()).isEqualTo(2);
    assertThat(transport.resets).containsExactly(1, 3);
    assertThat(events).endsWith("r closing");
  }

  @Test
  void endOfTheAssociationClosesAllInTheOrderOfTheirIds() {
    connect(true);
    channels.create(negotiated(7), new Recorder("7"));
    channels.create(negotiated(3), new Recorder("3"));
    open(5, "5");
    events.clear();
    channels.onAssociationClosed(false, "peer lost");
    channels.onAssociationClosed(true, "again");
    assertThat(events)
        .containsExactly("3 failed: peer lost", "5 failed: peer lost", "7 failed: peer lost");
    text(3, "late");
    assertThat(swallowed).isGreaterThanOrEqualTo(4);
    assertThatThrownBy(() -> channels.create(RELIABLE, new Recorder("c")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended");
  }

  @Test
  void channelClosedBeforeItOpensNeverOpens() {
    DataChannel channel = channels.create(RELIABLE, new Recorder("c"));
    channel.close();
    connect(true);
    assertThat(events).containsExactly("c closed");
    assertThat(transport.sent).isEmpty();
  }

  @Test
  void channelFailsWhenTheAssociationTakesNoMessages() {
    connect(true);
    transport.refuses = true;
    channels.create(RELIABLE, new Recorder("c"));
    assertThat(events).endsWith("c failed: the association takes no messages");
    assertThat(channels.channel(0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyOrderOfEventsClosesEachChannelOnce(long seed) {
    Random random = new Random(seed);
    connect(random.nextBoolean());
    for (int i = 0; i < 20_000; i++) {
      int id = random.nextInt(12);
      DataChannel channel = channels.channel(id);
      switch (random.nextInt(9)) {
        case 0 -> open(id, "r" + i);
        case 1 -> text(id, "x");
        case 2 -> channels.onMessage(id, 50, new byte[] {(byte) random.nextInt(4), 1});
        case 3 -> channels.onIncomingStreamsReset(new int[] {id});
        case 4 -> channels.onOutgoingStreamsReset(new int[] {id}, random.nextInt(9) > 0);
        case 5 -> channels.onSent(id, 1 + random.nextInt(30));
        case 6 -> channels.onMessage(id, 52, new byte[9]);
        case 7 -> {
          if (channel != null) {
            channel.close();
          }
        }
        default -> {
          if (channel == null && transport.resets.size() % 3 == 0) {
            channels.create(named("c" + i), new Recorder("c" + i));
          }
        }
      }
    }
    channels.onAssociationClosed(true, "");
    List<String> ends =
        events.stream().filter(e -> e.contains(" closed") || e.contains(" failed")).toList();
    List<String> starts =
        events.stream().filter(e -> e.endsWith(" open")).toList();
    assertThat(ends.stream().map(e -> e.substring(0, e.indexOf(' '))))
        .as("seed %d", seed)
        .doesNotHaveDuplicates()
        .hasSameSizeAs(starts);
  }

  private void connect(boolean client) {
    channels.onDtlsRole(client);
    channels.onConnected(65_535, 65_535);
  }

  private void open(int streamId, String label) {
    channels.onMessage(streamId, 50, DcepMessage.Open.of(named(label)).toBytes());
  }

  private void text(int streamId, String text) {
    channels.onMessage(streamId, 51, bytes(text));
  }

  private void sentAll(DataChannel channel) {
    transport.sent.stream()
        .filter(sent -> sent.streamId() == channel.id())
        .forEach(sent -> channels.onSent(channel.id(), sent.bytes()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ChannelParameters named(String label) {
    return new ChannelParameters(label, "", true, -1, -1, -1);
  }

  private static ChannelParameters negotiated(int id) {
    return new ChannelParameters("n", "", true, -1, -1, id);
  }
}
