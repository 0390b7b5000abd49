package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** Tones from one end to the other, W3C WebRTC section 7. */
class DtmfTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(5));
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private final List<String> sent = new ArrayList<>();
  private final List<String> received = new ArrayList<>();
  private RTCRtpTransceiver transceiver;
  private RTCDTMFSender dtmf;

  @BeforeEach
  void addTrack() {
    transceiver = call.a.addTransceiver(audio.track(), RTCRtpTransceiverInit.DEFAULT);
    dtmf = transceiver.sender().dtmf();
    dtmf.onToneChange(tone -> sent.add(call.pair.nowMs() + " " + tone + " " + dtmf.toneBuffer()));
  }

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  private void connect() {
    call.negotiated();
    call.b.getReceivers().get(0).onTone(received::add);
    assertThat(call.write(audio)).isNotEmpty();
    call.pair.runMs(200);
  }

  private static void assertThrows(String name, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(RTCException.class, e -> assertThat(e.name()).isEqualTo(name));
  }

  @Test
  void tonesArriveInOrderAndTheBufferShrinks() {
    connect();
    long start = call.pair.nowMs();
    dtmf.insertDTMF("1a#", Duration.ofMillis(100), Duration.ofMillis(50));
    assertThat(dtmf.toneBuffer()).isEqualTo("1A#");
    call.pair.runMs(1_000);
    assertThat(received).containsExactly("1", "A", "#");
    assertThat(sent)
        .containsExactly(
            start + " 1 A#", start + 150 + " A #", start + 300 + " # ", start + 450 + "  ");
    assertThat(dtmf.toneBuffer()).isEmpty();
  }

  @Test
  void aCommaIsAPauseOfTwoSeconds() {
    connect();
    dtmf.insertDTMF("1,2");
    call.pair.runMs(1_500);
    assertThat(received).containsExactly("1");
    call.pair.runMs(1_000);
    assertThat(received).containsExactly("1", "2");
  }

  @Test
  void newTonesReplaceThoseThatWait() {
    connect();
    dtmf.insertDTMF("123456");
    call.pair.runMs(50);
    dtmf.insertDTMF("9");
    call.pair.runMs(2_000);
    assertThat(received).containsExactly("1", "9");
  }

  @Test
  void anEmptyTextStopsAfterTheToneThatSounds() {
    connect();
    dtmf.insertDTMF("123456");
    call.pair.runMs(50);
    dtmf.insertDTMF("");
    assertThat(dtmf.toneBuffer()).isEmpty();
    call.pair.runMs(2_000);
    assertThat(received).containsExactly("1");
  }

  @Test
  void soundGoesOnAfterTheTones() {
    connect();
    dtmf.insertDTMF("1");
    call.pair.runMs(500);
    int frames = call.receivedByB.size();
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSizeGreaterThan(frames + 20);
  }

  @Test
  void tonesNeedAConnectionThatSends() {
    assertThat(dtmf.canInsertDTMF()).isFalse();
    assertThrows("InvalidStateError", () -> dtmf.insertDTMF("1"));
    assertThrows("InvalidStateError", () -> dtmf.insertDTMF("x"));
    connect();
    assertThat(dtmf.canInsertDTMF()).isTrue();
    RTCRtpSendParameters read = transceiver.sender().getParameters();
    transceiver
        .sender()
        .setParameters(read.withEncodings(read.encodings().get(0).withActive(false)));
    assertThat(dtmf.canInsertDTMF()).isFalse();
    RTCRtpSendParameters again = transceiver.sender().getParameters();
    transceiver
        .sender()
        .setParameters(again.withEncodings(again.encodings().get(0).withActive(true)));
    assertThat(dtmf.canInsertDTMF()).isTrue();
    transceiver.direction(RTCRtpTransceiverDirection.RECVONLY);
    assertThat(dtmf.canInsertDTMF()).isTrue(); // until it is negotiated
    call.negotiated();
    assertThrows("InvalidStateError", () -> dtmf.insertDTMF("1"));
  }

  /** All that Firefox takes. */
  @Test
  void tonesOfAnotherClockRateStandBesideOpusToo() {
    prefer("audio/opus 48000", "audio/telephone-event 8000", "audio/PCMU 8000");
    connect();
    assertThat(dtmf.canInsertDTMF()).isTrue();
    dtmf.insertDTMF("1a#", Duration.ofMillis(100), Duration.ofMillis(50));
    call.pair.runMs(1_000);
    assertThat(received).containsExactly("1", "A", "#");
  }

  @Test
  void tonesNeedTelephoneEvent() {
    prefer("audio/opus 48000");
    call.negotiated();
    assertThat(dtmf.canInsertDTMF()).isFalse();
  }

  /** From 48 kHz beside Opus to 8 kHz, which has another payload type. */
  @Test
  void tonesGoOnWithThePayloadTypeAndTheClockOfANewNegotiation() {
    connect();
    dtmf.insertDTMF("1");
    call.pair.runMs(1_000);
    dtmf.insertDTMF("23", Duration.ofMillis(1_000), Duration.ofMillis(100));
    call.pair.runMs(200);
    transceiver.setCodecPreferences(
        RTCRtpSender.getCapabilities(MediaKind.AUDIO).codecs().stream()
            .filter(codec -> codec.clockRate() == 8_000)
            .toList());
    call.negotiated();
    call.pair.runMs(2_000);
    dtmf.insertDTMF("4");
    call.pair.runMs(1_000);
    assertThat(received).containsExactly("1", "2", "3", "4");
  }

  private void prefer(String... codecs) {
    List<String> wanted = List.of(codecs);
    transceiver.setCodecPreferences(
        RTCRtpSender.getCapabilities(MediaKind.AUDIO).codecs().stream()
            .filter(codec -> wanted.contains(codec.mimeType() + " " + codec.clockRate()))
            .toList());
  }

  @Test
  void otherCharactersAreNoTones() {
    connect();
    assertThrows("InvalidCharacterError", () -> dtmf.insertDTMF("12E"));
    assertThrows("InvalidCharacterError", () -> dtmf.insertDTMF("1 2"));
    assertThat(dtmf.toneBuffer()).isEmpty();
  }

  @Test
  void videoHasNoTones() {
    assertThat(call.a.addTransceiver(MediaKind.VIDEO).sender().dtmf()).isNull();
  }
}
