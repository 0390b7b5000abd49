package org.purertc.interop.browser;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purertc.EncodedMediaSource;
import org.purertc.MediaKind;
import org.purertc.RTCRtpReceiver;
import org.purertc.RTCRtpTransceiverDirection;
import org.purertc.RTCTrackEvent;

/**
 * Java sends on the RTP packets that the browser sends, without looking into frames: the page reads
 * its pattern and its tone from them.
 */
abstract class BrowserForwardingTest extends BrowserCall {

  @BeforeEach
  void forwardPackets() {
    java.onTrack(BrowserForwardingTest::forward);
  }

  private static void forward(RTCTrackEvent event) {
    RTCRtpReceiver receiver = event.receiver();
    EncodedMediaSource relay =
        receiver.track().kind() == MediaKind.AUDIO
            ? EncodedMediaSource.audio()
            : EncodedMediaSource.video();
    receiver.onPacket(relay::write);
    relay.onKeyFrameRequest(receiver.track()::requestKeyFrame);
    event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
    var unused = event.transceiver().sender().replaceTrack(relay.track());
  }

  @Test
  void packetsOfVp8ComeBackAsAPicture() {
    pictureComesBackAs("VP8");
  }

  @Test
  void packetsOfVp9ComeBackAsAPicture() {
    pictureComesBackAs("VP9");
  }

  void pictureComesBackAs(String codec) {
    browser.meet(java, true);
    browser.run("await addMedia('video', {codec: '" + codec + "'})");
    browser.browserOffers(true);
    browser.awaitState("connected");
    // A new JVM loads classes while first packets wait in its socket: what counts is that they
    // come.
    browser.run("watchVideo(0); await videoWatches.get(0).sees(30)");
    pictureComesBack(0);
  }

  @Test
  void packetsOfOpusComeBackAsATone() {
    browser.meet(java, true);
    browser.run("await addMedia('audio', {hertz: " + HERTZ + ", codec: 'opus'})");
    browser.browserOffers(true);
    browser.awaitState("connected");
    toneComesBack(0, HERTZ);
  }
}
