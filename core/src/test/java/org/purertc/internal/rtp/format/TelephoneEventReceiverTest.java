package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

class TelephoneEventReceiverTest {
  private final TelephoneEventReceiver receiver = new TelephoneEventReceiver();

  private static long ms(long milliseconds) {
    return milliseconds * 1_000_000;
  }

  private List<ReceivedTone> received() {
    List<ReceivedTone> tones = new ArrayList<>();
    for (var tone = receiver.poll(); tone != null; tone = receiver.poll()) {
      tones.add(tone);
    }
    return tones;
  }

  private void receive(int timestamp, String payload) throws MalformedPacketException {
    receiver.receive(timestamp, hex(payload), 0);
  }

  @Test
  void receivedToneIsToldAtItsBeginningAndAtItsEnd() throws Exception {
    receive(1_000, "05 0a 00 a0");
    assertThat(received()).containsExactly(new ReceivedTone(5, 10, 160, false));
    receive(1_000, "05 0a 01 40");
    assertThat(received()).isEmpty();
    receive(1_000, "05 8a 03 20");
    assertThat(received()).containsExactly(new ReceivedTone(5, 10, 800, true));
    receive(1_000, "05 8a 03 20");
    receive(1_000, "05 8a 03 20");
    assertThat(received()).isEmpty();
    assertThat(receiver.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void endAloneTellsTheWholeTone() throws Exception {
    receive(1_000, "05 8a 03 20");
    assertThat(received())
        .containsExactly(new ReceivedTone(5, 10, 800, false), new ReceivedTone(5, 10, 800, true));
  }

  @Test
  void nextToneEndsOneWhoseEndIsLost() throws Exception {
    receive(1_000, "05 0a 01 40");
    receive(3_000, "05 0a 00 a0");
    assertThat(received())
        .containsExactly(
            new ReceivedTone(5, 10, 320, false),
            new ReceivedTone(5, 10, 320, true),
            new ReceivedTone(5, 10, 160, false));
  }

  @Test
  void silenceEndsAToneWhoseEndIsLost() throws Exception {
    receiver.receive(1_000, hex("05 0a 01 40"), ms(7));
    received();
    assertThat(receiver.nextDeadlineNs()).isEqualTo(ms(207));
    receiver.onDeadline(ms(206));
    assertThat(received()).isEmpty();
    receiver.onDeadline(ms(207));
    assertThat(received()).containsExactly(new ReceivedTone(5, 10, 320, true));
    receiver.receive(1_000, hex("05 8a 03 20"), ms(208));
    assertThat(received()).isEmpty();
  }

  @Test
  void latePacketOfAnEarlierToneIsIgnored() throws Exception {
    receive(1_000, "05 8a 03 20");
    receive(3_000, "06 0a 00 a0");
    received();
    receive(1_000, "05 8a 03 20");
    assertThat(received()).isEmpty();
    receive(3_000, "06 8a 03 20");
    assertThat(received()).containsExactly(new ReceivedTone(6, 10, 800, true));
  }

  @Test
  void timestampThatBeginsAnewBeginsATone() throws Exception {
    receive(2_000_000, "05 8a 03 20");
    received();
    receive(1_000, "05 8a 03 20");
    assertThat(received()).hasSize(2);
  }

  @Test
  void timestampMayWrap() throws Exception {
    receive(-100, "05 8a 00 50");
    receive(100, "05 8a 00 50");
    assertThat(received()).hasSize(4);
  }

  @Test
  void segmentsAreOneTone() throws Exception {
    receive(-1_000, "05 0a ff ff");
    receive(64_535, "05 0a 00 a0");
    receive(64_535, "05 8a 01 40");
    assertThat(received())
        .containsExactly(
            new ReceivedTone(5, 10, 65_535, false), new ReceivedTone(5, 10, 65_855, true));
  }

  /** RFC 4733 section 2.5.1.5. */
  @Test
  void payloadMayHoldSeveralEvents() throws Exception {
    receive(0, "01 8a 01 40 02 8a 00 a0");
    receive(320, "02 8a 00 a0");
    assertThat(received())
        .containsExactly(
            new ReceivedTone(1, 10, 320, false),
            new ReceivedTone(1, 10, 320, true),
            new ReceivedTone(2, 10, 160, false),
            new ReceivedTone(2, 10, 160, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "01 8a 01", "01 8a 01 40 02"})
  void cutPayloadIsMalformed(String payload) {
    assertThatThrownBy(() -> receive(0, payload)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void tonesThatNobodyDrainsAreBounded() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      receive(i * 1_000, "01 8a 01 40");
    }
    assertThat(received()).hasSize(TelephoneEventReceiver.MAX_WAITING);
  }

  /** Half of the packets lost, but never all three of an end. */
  @ParameterizedTest
  @CsvSource({"8000,40", "8000,100", "48000,100", "48000,6000"})
  void everyToneArrivesOnceOverLoss(int clockRate, int durationMs) throws Exception {
    Random random = new Random(5);
    StringBuilder played = new StringBuilder();
    int endsLost = 0;
    for (TelephoneEventSenderTest.Sent sent :
        TelephoneEventSenderTest.play(clockRate, "0123456789*#ABCD11", durationMs, 70)) {
      TelephoneEvent event = sent.report().event();
      boolean lost = random.nextBoolean() && !(event.end() && endsLost == 2);
      endsLost = event.end() && lost ? endsLost + 1 : event.end() ? endsLost : 0;
      if (!lost) {
        receiver.receive(sent.timestamp(clockRate), sent.payload(), ms(sent.atMs()));
      }
      for (ReceivedTone tone : received()) {
        if (tone.ended()) {
          assertThat(tone.durationTicks())
              .as("seed 5")
              .isEqualTo(durationMs * (clockRate / 1_000L));
          played.append(TelephoneEvent.toneOf(tone.code()));
        }
      }
    }
    assertThat(played).as("seed 5").hasToString("0123456789*#ABCD11");
  }

  @Test
  void arbitraryPayloadsAreReadOrMalformed() {
    Random random = new Random(6);
    for (int round = 0; round < 100_000; round++) {
      byte[] payload = new byte[random.nextInt(40)];
      random.nextBytes(payload);
      try {
        receiver.receive(random.nextInt(), payload, ms(round));
        receiver.onDeadline(ms(round));
      } catch (MalformedPacketException e) {
        assertThat(payload.length == 0 || payload.length % 4 != 0).isTrue();
      } catch (RuntimeException e) {
        throw new AssertionError("seed 6, round " + round, e);
      }
      assertThat(received().size()).isLessThanOrEqualTo(TelephoneEventReceiver.MAX_WAITING);
    }
  }
}
