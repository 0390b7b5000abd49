package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.purertc.RTCRtpReceiver;

/** Chromium sends three layers of one camera, and Java takes each. */
class ChromiumSimulcastTest extends BrowserCall {
  private static final List<String> RIDS = List.of("q", "h", "f");
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(40);

  private final Map<String, AtomicInteger> frames = new LinkedHashMap<>();

  @Override
  Browser start() {
    return new Chromium();
  }

  private RTCRtpReceiver receiveAllLayers() {
    browser.meet(java, true);
    browser.run(
        """
        await addMedia('video', {
          direction: 'sendonly', from: 'device', codec: 'VP8',
          constraints: {width: 1280, height: 720},
          encodings: [
            {rid: 'q', scaleResolutionDownBy: 4},
            {rid: 'h', scaleResolutionDownBy: 2},
            {rid: 'f', scaleResolutionDownBy: 1},
          ],
        })
        """);
    browser.browserOffers(true);
    browser.awaitState("connected");
    RTCRtpReceiver receiver = java.getTransceivers().get(0).receiver();
    assertThat(receiver.rids()).isEqualTo(RIDS);
    for (String rid : RIDS) {
      AtomicInteger count = new AtomicInteger();
      frames.put(rid, count);
      receiver.track(rid).onFrame(frame -> count.incrementAndGet());
    }
    return receiver;
  }

  private static void await(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + LIMIT_NS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(endNs);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private long keyFrameRequests(String rid) {
    for (JsonNode stream : browser.run("return mediaStats()").get("outbound-rtp")) {
      if (stream.path("rid").asText().equals(rid)) {
        return stream.path("pliCount").asLong() + stream.path("firCount").asLong();
      }
    }
    return 0;
  }

  @Test
  void eachLayerComesAndIsAskedForKeyFramesByItself() {
    RTCRtpReceiver receiver = receiveAllLayers();
    await("frames " + frames, () -> frames.values().stream().allMatch(n -> n.get() > 30));
    long beforeSmall = keyFrameRequests("q");
    long before = keyFrameRequests("h");
    receiver.track("h").requestKeyFrame();
    LongSupplier now = () -> keyFrameRequests("h");
    await("key frame requests", () -> now.getAsLong() > before);
    assertThat(keyFrameRequests("q")).isEqualTo(beforeSmall);
    assertThat(BrowserPeer.get(java.getStats()).ofType("inbound-rtp")).hasSize(3);
  }

  /** RFC 3611: Java sends no media, so only the browser's answers can tell. */
  @Test
  void theBrowserTellsWhoOnlyReceivesTheRoundTrip() {
    receiveAllLayers();
    await(
        "round trip",
        () ->
            BrowserPeer.get(java.getStats()).ofType("remote-outbound-rtp").stream()
                .anyMatch(each -> each.get("roundTripTime") != null));
  }
}
