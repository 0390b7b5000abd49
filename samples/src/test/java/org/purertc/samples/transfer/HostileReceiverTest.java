package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.samples.transfer.Session.failure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that lies: it is told so, and costs a bounded memory. */
class HostileReceiverTest {
  private static final String HASH =
      "0000000000000000000000000000000000000000000000000000000000000000";

  private final FakeChannel toReceiver = new FakeChannel();
  private final MemoryTree tree =
      new MemoryTree()
          .entry(Entry.directory("d", 0))
          .file("a", new byte[] {1, 2, 3, 4, 5})
          .file("b", new byte[300_000]);
  private final TransferSender sender = new TransferSender(toReceiver, tree, SenderOptions.DEFAULT);

  private void say(String json) {
    sender.onText(json.replace('\'', '"'), 0);
  }

  private void hello() {
    say("{'type':'hello','version':2,'role':'receiver'}");
    assertThat(toReceiver.texts()).last().asString().contains("offer");
  }

  private void assertRefused(FailureCode code) {
    assertThat(failure(sender).code()).isEqualTo(code);
    assertThat(toReceiver.texts()).last().asString().contains("\"failed\"", code.word());
    assertThat(toReceiver.closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'have','file':0,'block':1,'hashes':['" + HASH + "']}",
        "{'type':'have','file':3,'block':1,'hashes':['" + HASH + "']}",
        "{'type':'have','file':1,'block':0,'hashes':['" + HASH + "']}",
        "{'type':'have','file':1,'block':6,'hashes':['" + HASH + "']}",
        "{'type':'have','file':1,'block':1,'hashes':['" + HASH + "','" + HASH + "']}",
        "{'type':'have','file':1,'block':9223372036854775807,'hashes':['" + HASH + "']}",
        "{'type':'skip','files':[0]}",
        "{'type':'skip','files':[3]}",
        "{'type':'skip','files':[1,1]}",
        "{'type':'received','bytes':0}",
        "{'type':'verified','file':1,'sha256':'" + HASH + "'}",
        "{'type':'hello','version':2,'role':'receiver'}",
        "{'type':'file','file':1,'from':0}",
        "{'type':'done'}",
      })
  void whatWasNotOfferedCannotBeHad(String message) {
    hello();
    say(message);
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void aListOfBlocksKeepsToItsBlock() {
    hello();
    say("{'type':'have','file':2,'block':65536,'hashes':['" + HASH + "']}");
    say("{'type':'have','file':2,'block':131072,'hashes':['" + HASH + "']}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void hashesWithoutEndAreRefused() {
    TransferSender huge =
        new TransferSender(toReceiver, new HugeSource(Long.MAX_VALUE), SenderOptions.DEFAULT);
    huge.onText("{\"type\":\"hello\",\"version\":2,\"role\":\"receiver\"}", 0);
    String have =
        MessageWriter.write(
            new TransferMessage.Have(
                0, 1 << 20, new byte[MessageReader.MAX_HASHES * ContentHash.BYTES]));
    int messages = 0;
    while (!huge.result().isDone()) {
      huge.onText(have, 0);
      messages++;
    }
    assertThat(messages).isEqualTo(BlockLists.MAX_HASHES / MessageReader.MAX_HASHES + 1);
    assertThat(failure(huge).code()).isEqualTo(FailureCode.PROTOCOL);
  }

  @Test
  void aFileIsNotHeldAndSkipped() {
    hello();
    say("{'type':'have','file':1,'block':5,'hashes':['" + HASH + "']}");
    say("{'type':'skip','files':[1]}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void blocksThatAreNotTheSourcesAreSentAgain() {
    hello();
    say("{'type':'have','file':1,'block':5,'hashes':['" + HASH + "']}");
    say("{'type':'accept'}");
    while (sender.wakeNs() != TransferEnd.NEVER) {
      sender.onReady(0);
    }
    assertThat(toReceiver.texts()).contains("{\"type\":\"file\",\"file\":1,\"from\":0}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'received','bytes':300006}",
        "{'type':'verified','file':2,'sha256':'" + HASH + "'}",
        "{'type':'verified','file':0,'sha256':'" + HASH + "'}",
        "{'type':'accept'}",
        "{'type':'skip','files':[2]}",
      })
  void whatWasNotSentCannotHaveArrived(String message) {
    hello();
    say("{'type':'accept'}");
    say(message);
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void receivedNeverGoesBack() {
    hello();
    say("{'type':'accept'}");
    say("{'type':'received','bytes':5}");
    say("{'type':'received','bytes':4}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void anotherHashIsAFailure() {
    hello();
    say("{'type':'accept'}");
    say("{'type':'verified','file':1,'sha256':'" + HASH + "'}");
    assertRefused(FailureCode.HASH);
  }

  @Test
  void bytesAreRefused() {
    hello();
    sender.onBinary(new byte[1], 0);
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void twoSendersHaveNothingToSay() {
    say("{'type':'hello','version':2,'role':'sender'}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void nothingIsToldBeforeTheHello() {
    say("{'type':'accept'}");
    assertRefused(FailureCode.PROTOCOL);
    assertThat(toReceiver.texts()).hasSize(1);
  }
}
