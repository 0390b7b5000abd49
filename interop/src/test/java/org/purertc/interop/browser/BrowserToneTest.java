package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.RTCDTMFSender;

/** Keys pressed in a call: W3C's RTCDTMFSender, RFC 4733 on the wire. */
abstract class BrowserToneTest extends BrowserCall {

  @BeforeEach
  void call() {
    browser.meet(java, true);
    browser.run("await addMedia('audio', {hertz: %s})".formatted(HERTZ));
    browser.browserOffers(true);
    browser.awaitState("connected");
    toneComesBack(0, HERTZ);
  }

  private static List<String> take(BlockingQueue<String> tones, int count) {
    List<String> taken = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        String tone = tones.poll(20, TimeUnit.SECONDS);
        assertThat(tone).as("after %s", taken).isNotNull();
        taken.add(tone);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return taken;
  }

  @Test
  void keysOfThePageArriveInJava() {
    BlockingQueue<String> tones = new LinkedBlockingQueue<>();
    java.getTransceivers().get(0).receiver().onTone(tones::add);
    browser.run("sendDigits(0, '159AD#*0')");
    assertThat(take(tones, 8)).containsExactly("1", "5", "9", "A", "D", "#", "*", "0");
    toneComesBack(0, HERTZ);
    assertThat(tones).isEmpty();
  }

  /** Both browsers play telephone events: 697 or 770 Hz and 1,336 Hz for the keys 2 and 5. */
  @Test
  void keysOfJavaSoundInThePage() {
    BlockingQueue<String> tones = new LinkedBlockingQueue<>();
    RTCDTMFSender dtmf = java.getTransceivers().get(0).sender().dtmf();
    dtmf.onToneChange(tones::add);
    dtmf.insertDTMF("25", Duration.ofSeconds(3), Duration.ofMillis(70));
    for (double low : new double[] {697, 770}) {
      JsonNode heard =
          browser.run(
              """
              const isNear = (a, b) => Math.abs(a - b) < 15;
              for (const endMs = performance.now() + 20000; ; ) {
                const heard = await measureAudio(0, 200);
                const fits = isNear(heard.hertz, %s) || isNear(heard.hertz, 1336);
                if (fits || performance.now() > endMs) return heard;
              }
              """
                  .formatted(low));
      assertThat(
              Math.min(
                  Math.abs(heard.get("hertz").asDouble() - low),
                  Math.abs(heard.get("hertz").asDouble() - 1_336)))
          .as("%s", heard)
          .isLessThan(15);
    }
    assertThat(take(tones, 3)).containsExactly("2", "5", "");
    toneComesBack(0, HERTZ);
  }
}
