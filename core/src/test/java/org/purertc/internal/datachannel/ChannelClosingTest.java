package org.purertc.internal.datachannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing channels: by the user, by the peer, by an error, by the end of the association. */
class ChannelClosingTest extends ChannelScene {

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
    assertThat(events).containsExactly("c id 0", "c open", "c sent 3 ending 1", "c closed");
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
    assertThat(events).endsWith("old closed", "incoming new on 1", "new open", "new text hi");
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
          if (random.nextInt(3) == 0) {
            channels.create(named("c" + i), new Recorder("c" + i));
          }
        }
      }
    }
    channels.onAssociationClosed(true, "");
    List<String> ends =
        events.stream().filter(e -> e.contains(" closed") || e.contains(" failed")).toList();
    List<String> starts = events.stream().filter(e -> e.endsWith(" open")).toList();
    assertThat(ends.stream().map(e -> e.substring(0, e.indexOf(' '))))
        .as("seed %d", seed)
        .doesNotHaveDuplicates()
        .hasSameSizeAs(starts);
  }
}
