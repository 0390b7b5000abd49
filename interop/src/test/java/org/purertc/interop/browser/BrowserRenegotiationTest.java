package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.MediaKind.AUDIO;
import static org.purertc.MediaKind.VIDEO;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.RTCRtpTransceiver;
import org.purertc.RTCRtpTransceiverDirection;

/** A call changes while it goes on; what stays goes on, and what is new flows. */
abstract class BrowserRenegotiationTest extends BrowserCall {
  private static final double OTHER_HERTZ = 990;

  /** Who makes the offers of each case: Java, the page, or each in its turn. */
  abstract List<Boolean> byJava();

  private void negotiate(boolean byJava) {
    if (byJava) {
      browser.javaOffers(true);
    } else {
      browser.browserOffers(true);
    }
  }

  /** The page sends sound on its transceiver 0 and a picture on 1. */
  private void callWithSoundAndPicture() {
    browser.meet(java, true);
    browser.run("await addMedia('audio', {hertz: %s}); await addMedia('video')".formatted(HERTZ));
    browser.browserOffers(true);
    browser.awaitState("connected");
    toneComesBack(0, HERTZ);
    pictureComesBack(1);
  }

  private RTCRtpTransceiver ofJava(int index) {
    return java.getTransceivers().get(index);
  }

  private JsonNode ofPage(int index) {
    return browser.run("return transceivers()").get(index);
  }

  @ParameterizedTest(name = "by Java: {0}")
  @MethodSource("byJava")
  void aSecondPictureComesBesideTheFirst(boolean byJava) {
    callWithSoundAndPicture();
    if (byJava) {
      java.addTransceiver(VIDEO);
      browser.javaOffers(true, "await addTrack('video', {width: 240, height: 140})");
    } else {
      browser.run("await addMedia('video', {width: 240, height: 140})");
      browser.browserOffers(true);
    }
    pictureComesBack(2);
    pictureComesBack(1);
    toneComesBack(0, HERTZ);
  }

  @ParameterizedTest(name = "by Java: {0}")
  @MethodSource("byJava")
  void aRemovedTrackLeavesTheOtherOne(boolean byJava) {
    callWithSoundAndPicture();
    if (byJava) {
      java.removeTrack(ofJava(1).sender());
    } else {
      browser.run("removeMedia(1)");
    }
    negotiate(byJava);
    assertThat(ofPage(1).get("currentDirection").asText())
        .isEqualTo(byJava ? "sendonly" : "recvonly");
    assertThat(ofJava(1).receiver().track().muted()).isEqualTo(!byJava);
    toneComesBack(0, HERTZ);
  }

  @Test
  void anotherTrackOfThePageNeedsNoNegotiation() {
    callWithSoundAndPicture();
    browser.run("await replaceMedia(0, {hertz: %s})".formatted(OTHER_HERTZ));
    toneComesBack(0, OTHER_HERTZ);
    browser.run("await replaceMedia(1, {width: 480, height: 270})");
    pictureComesBack(1);
  }

  @Test
  void anotherTrackOfJavaNeedsNoNegotiation() {
    callWithSoundAndPicture();
    browser.run("await addMedia('audio', {hertz: %s})".formatted(OTHER_HERTZ));
    browser.browserOffers(true);
    toneComesBack(2, OTHER_HERTZ);
    BrowserPeer.get(ofJava(0).sender().replaceTrack(ofJava(2).receiver().track()));
    toneComesBack(0, OTHER_HERTZ);
    BrowserPeer.get(ofJava(0).sender().replaceTrack(ofJava(0).receiver().track()));
    toneComesBack(0, HERTZ);
  }

  @ParameterizedTest(name = "by Java: {0}")
  @MethodSource("byJava")
  void thePictureComesBackAfterItsDirectionWent(boolean byJava) {
    callWithSoundAndPicture();
    for (String direction : new String[] {"recvonly", "inactive", "sendrecv"}) {
      if (byJava) {
        ofJava(1).direction(RTCRtpTransceiverDirection.valueOf(direction.toUpperCase(Locale.ROOT)));
      } else {
        browser.run("setDirection(1, '%s')".formatted(direction));
      }
      negotiate(byJava);
      String opposite = direction.equals("recvonly") ? "sendonly" : direction;
      assertThat(ofPage(1).get("currentDirection").asText())
          .isEqualTo(byJava ? opposite : direction);
      assertThat(ofJava(1).currentDirection()).hasToString(byJava ? direction : opposite);
      toneComesBack(0, HERTZ);
    }
    pictureComesBack(1);
  }

  @ParameterizedTest(name = "by Java: {0}")
  @MethodSource("byJava")
  void theMediaSectionOfAStoppedTransceiverIsUsedAgain(boolean byJava) {
    callWithSoundAndPicture();
    if (byJava) {
      ofJava(1).stop();
    } else {
      browser.run("stopMedia(1)");
    }
    negotiate(byJava);
    assertThat(java.getTransceivers()).hasSize(1);
    toneComesBack(0, HERTZ);
    if (byJava) {
      java.addTransceiver(VIDEO);
      browser.javaOffers(true, "await addTrack('video', {})");
    } else {
      browser.run("await addMedia('video')");
      browser.browserOffers(true);
    }
    assertThat(sections()).isEqualTo(2);
    pictureComesBack(1);
    toneComesBack(0, HERTZ);
  }

  private int sections() {
    return browser.run("return pc.localDescription.sdp.match(/^m=/gm).length").asInt();
  }

  @ParameterizedTest(name = "by Java: {0}")
  @MethodSource("byJava")
  void soundPictureAndDataShareOneTransport(boolean byJava) {
    java.onDataChannel(
        channel -> channel.onMessage(message -> channel.send(message.text() + ", page")));
    browser.meet(java, true);
    if (byJava) {
      java.addTransceiver(AUDIO);
      java.addTransceiver(VIDEO);
      java.createDataChannel("of Java");
      browser.javaOffers(
          true,
          "await addTrack('audio', {hertz: %s}); await addTrack('video'); create('chat')"
              .formatted(HERTZ));
    } else {
      browser.run(
          "await addMedia('audio', {hertz: %s}); await addMedia('video'); create('chat')"
              .formatted(HERTZ));
      browser.browserOffers(true);
    }
    browser.await("open", event -> event.get("label").asText().equals("chat"));
    browser.run("channels.chat.send('hello')");
    assertThat(browser.await("message").get("text").asText()).isEqualTo("hello, page");
    toneComesBack(0, HERTZ);
    pictureComesBack(1);
    assertThat(BrowserPeer.get(java.getStats()).ofType("transport")).hasSize(1);
  }
}
