package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.samples.transfer.Session.failure;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that lies: it is told so, and no file appears. */
class HostileSenderTest {
  private static final String SHA256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final FakeChannel toSender = new FakeChannel();
  private final MemoryTarget target = new MemoryTarget();
  private final TransferReceiver receiver =
      new TransferReceiver(toSender, target, ReceiverOptions.DEFAULT);

  private void say(String json) {
    receiver.onText(json.replace('\'', '"'), 0);
  }

  private void hello() {
    say("{'type':'hello','version':2,'role':'sender'}");
  }

  private void entries(String entries) {
    say("{'type':'entries','entries':[" + entries + "]}");
  }

  /** Two files of 5 bytes, and the receiver accepted. */
  private void offerTwoFiles() {
    hello();
    entries("{'path':'a','kind':'file','size':5},{'path':'b','kind':'file','size':5}");
    say("{'type':'offer','files':2,'bytes':10}");
    assertThat(toSender.texts()).last().asString().contains("accept");
  }

  private void assertRefused(FailureCode code) {
    assertThat(failure(receiver).code()).isEqualTo(code);
    assertThat(toSender.texts()).last().asString().contains("\"failed\"", code.word());
    assertThat(toSender.closed).isTrue();
    assertThat(target.files).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "../a",
        "/etc/passwd",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "a\\\\b",
        "..\\\\a",
        "a\\u0000b",
        "a\\nb",
        "a\\u001b[2J",
        "\\ud800",
        ".purertc-0123456789abcdef0123.part"
      })
  void pathsThatCouldDoHarmAreRefused(String path) {
    hello();
    entries("{'path':'a','kind':'directory','modified':0}");
    entries("{'path':'" + path + "','kind':'file','size':5}");
    assertRefused(FailureCode.NAME);
  }

  @Test
  void pathsThatAreTooLongOrTooDeepAreRefused() {
    assertThat(PathRules.refusal("ä".repeat(128))).contains("255");
    assertThat(PathRules.refusal("a/".repeat(128) + "a")).contains("128");
    assertThat(PathRules.refusal(("a".repeat(250) + "/").repeat(17) + "a")).contains("4096");
    assertThat(PathRules.refusal("ä".repeat(127))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'path':'a','kind':'file','size':1},{'path':'a','kind':'file','size':1}",
        "{'path':'a','kind':'directory'},{'path':'a','kind':'file','size':1}",
        "{'path':'d/a','kind':'file','size':1}",
        "{'path':'d','kind':'file','size':1},{'path':'d/a','kind':'file','size':1}",
        "{'path':'d','kind':'link','target':'x'},{'path':'d/a','kind':'file','size':1}",
        "{'path':'a','kind':'file','size':9223372036854775807},"
            + "{'path':'b','kind':'file','size':1}",
        "{'path':'a','kind':'file','size':1,'modified':9223372036854775807}",
        "{'path':'a','kind':'file','size':1,'modified':-9223372036854775808}",
      })
  void listsThatContradictThemselvesAreRefused(String entries) {
    hello();
    entries(entries);
    assertRefused(FailureCode.PROTOCOL);
  }

  @ParameterizedTest
  @CsvSource({"1,5", "2,9", "0,0", "2,9223372036854775807"})
  void totalsThatLieAreRefused(long files, long bytes) {
    hello();
    entries("{'path':'a','kind':'file','size':5},{'path':'b','kind':'file','size':5}");
    say("{'type':'offer','files':" + files + ",'bytes':" + bytes + "}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void aStreamComesAlone() {
    hello();
    entries("{'path':'a','kind':'file'},{'path':'b','kind':'file','size':5}");
    say("{'type':'offer','files':2}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../../x",
        "../other",
        "e/../../../x",
        "e/../x",
        "..",
        "",
        "a\\\\b",
        "a\\u0000"
      })
  void linksThatLeadOutAreRefused(String linkTarget) {
    hello();
    entries("{'path':'d','kind':'directory'},{'path':'d/e','kind':'directory'}");
    entries("{'path':'d/l','kind':'link','target':'" + linkTarget + "'}");
    say("{'type':'offer','files':0,'bytes':0}");
    assertRefused(FailureCode.NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"e", "../d/e", "./e/x", "../top", "missing", "e/"})
  void linksThatStayInsideAreTaken(String linkTarget) {
    hello();
    entries("{'path':'d','kind':'directory'},{'path':'d/e','kind':'directory'}");
    entries("{'path':'top','kind':'file','size':0}");
    entries("{'path':'d/l','kind':'link','target':'" + linkTarget + "'}");
    say("{'type':'offer','files':1,'bytes':0}");
    assertThat(receiver.result()).isNotDone();
  }

  @Test
  void entriesWithoutEndAreRefused() {
    hello();
    for (int i = 0; i <= Manifest.MAX_ENTRIES && !receiver.result().isDone(); i++) {
      entries("{'path':'" + i + "','kind':'directory'}");
    }
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void longEntriesWithoutEndAreRefused() {
    hello();
    String directory = "d";
    entries("{'path':'d','kind':'directory'}");
    for (int i = 0; i < 15; i++) {
      directory += "/" + "x".repeat(250);
      entries("{'path':'" + directory + "','kind':'directory'}");
    }
    int count = 0;
    while (!receiver.result().isDone()) {
      entries("{'path':'" + directory + "/" + count++ + "','kind':'directory'}");
    }
    assertThat(count).isLessThan(10_000);
    assertRefused(FailureCode.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'hello','version':2,'role':'sender'}",
        "{'type':'entries','entries':[]}",
        "{'type':'offer','files':2,'bytes':10}",
        "{'type':'accept'}",
        "{'type':'skip','files':[0]}",
        "{'type':'received','bytes':0}",
        "{'type':'verified','file':0,'sha256':'" + SHA256_OF_NOTHING + "'}",
        "{'type':'end','file':0,'sha256':'" + SHA256_OF_NOTHING + "'}",
        "{'type':'zeros','bytes':1}",
        "{'type':'done'}",
        "{'type':'file','file':1,'from':0}",
        "{'type':'file','file':2,'from':0}",
        "{'type':'file','file':0,'from':1}",
        "{'type':'file','file':0,'from':5}",
        "{'type':'file','file':0,'from':9223372036854775807}",
      })
  void messagesOutOfTurnAreRefused(String message) {
    offerTwoFiles();
    say(message);
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void nothingComesBeforeTheHello() {
    entries("{'path':'a','kind':'file','size':5}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void twoReceiversHaveNothingToSay() {
    say("{'type':'hello','version':2,'role':'receiver'}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void bytesOfNoFileAreRefused() {
    offerTwoFiles();
    receiver.onBinary(new byte[1], 0);
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void moreBytesThanNamedAreRefused() {
    offerTwoFiles();
    say("{'type':'file','file':0,'from':0}");
    receiver.onBinary(new byte[6], 0);
    assertRefused(FailureCode.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 1 << 21, Long.MAX_VALUE})
  void moreZerosThanNamedAreRefused(long zeros) {
    offerTwoFiles();
    say("{'type':'file','file':0,'from':0}");
    say("{'type':'zeros','bytes':" + zeros + "}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void anEndBeforeAllBytesIsRefused() {
    offerTwoFiles();
    say("{'type':'file','file':0,'from':0}");
    say("{'type':'end','file':0,'sha256':'" + SHA256_OF_NOTHING + "'}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void aHashThatDiffersLeavesNothing() {
    offerTwoFiles();
    say("{'type':'file','file':0,'from':0}");
    receiver.onBinary(new byte[5], 0);
    say("{'type':'end','file':0,'sha256':'" + SHA256_OF_NOTHING + "'}");
    assertRefused(FailureCode.HASH);
    assertThat(target.parts).isEmpty();
  }

  @Test
  void aFromThatIsNoEndOfABlockIsRefused() {
    byte[] part = new byte[200_000];
    target.parts.put("a", part);
    hello();
    entries("{'path':'a','kind':'file','size':300000}");
    say("{'type':'offer','files':1,'bytes':300000}");
    say("{'type':'file','file':0,'from':262144}");
    assertRefused(FailureCode.PROTOCOL);
  }

  @Test
  void afterTheEndNothingHasAnEffect() {
    offerTwoFiles();
    say("{'type':'done'}");
    toSender.drain();
    say("{'type':'file','file':0,'from':0}");
    receiver.onBinary(new byte[5], 0);
    receiver.onLost("gone");
    receiver.leave("bye");
    assertThat(toSender.sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void randomMessagesNeverMakeAFile(long seed) {
    Random random = new Random(seed);
    String[] messages = {
      "{'type':'hello','version':2,'role':'sender'}",
      "{'type':'entries','entries':[{'path':'p%d','kind':'file','size':%d}]}",
      "{'type':'offer','files':%d,'bytes':%d}",
      "{'type':'file','file':%d,'from':%d}",
      "{'type':'zeros','bytes':%d}",
      "{'type':'end','file':%d,'sha256':'" + SHA256_OF_NOTHING + "'}",
      "{'type':'done'}"
    };
    for (int round = 0; round < 500; round++) {
      MemoryTarget fresh = new MemoryTarget();
      TransferReceiver end =
          new TransferReceiver(new FakeChannel(), fresh, ReceiverOptions.DEFAULT);
      int next = 0;
      for (int i = 0; i < 12; i++) {
        next = random.nextInt(4) == 0 ? random.nextInt(messages.length) : next;
        String message =
            String.format(
                java.util.Locale.ROOT, messages[next], random.nextInt(3), 1 + random.nextInt(3));
        end.onText(message.replace('\'', '"'), 0);
        next = Math.min(next + 1, messages.length - 1);
      }
      assertThat(fresh.files).as("seed %d, round %d", seed, round).isEmpty();
    }
  }
}
