package org.purertc.sdp;

import java.util.List;
import java.util.stream.Stream;

/**
 * Descriptions that peers other than browsers wrote, byte for byte; sdp/README.md says which
 * program wrote each. {@link BrowserSdp} reads them.
 */
public final class PeerSdp {
  /** Offers of peers that speak WebRTC: ICE, DTLS, a mid for each section. */
  public static final List<String> OFFERS =
      List.of(
          "aiortc-offer",
          "gstreamer-offer",
          "gstreamer-offer-h264",
          "gstreamer-offer-unbundled",
          "janus-streaming-offer",
          "janus-textroom-offer",
          "janus-videoroom-subscriber-offer",
          "pion-offer");

  /** Offers of SIP gateways and SIP telephones with ICE and DTLS: no BUNDLE, some without mid. */
  public static final List<String> GATEWAY_OFFERS =
      List.of("baresip-offer-ice-dtls", "rtpengine-offer", "rtpengine-offer-mid");

  /** Without ICE, and some without DTLS: to be read, not to be connected to. */
  public static final List<String> PLAIN_SIP =
      List.of(
          "baresip-answer-to-gateway",
          "baresip-offer-dtls",
          "baresip-offer-plain",
          "rtpengine-offer-to-sip");

  /** Answers to chromium-audio-video, but for the one to chromium-audio-video-simulcast. */
  public static final List<String> ANSWERS_TO_CHROMIUM =
      List.of(
          "aiortc-answer-chromium",
          "baresip-answer-chromium",
          "gstreamer-answer-chromium",
          "janus-echotest-answer-chromium",
          "janus-echotest-answer-simulcast",
          "janus-videoroom-publisher-answer",
          "pion-answer-chromium",
          "rtpengine-answer-chromium");

  /** Answers to firefox-audio-video. */
  public static final List<String> ANSWERS_TO_FIREFOX =
      List.of(
          "aiortc-answer-firefox",
          "gstreamer-answer-firefox",
          "janus-echotest-answer-firefox",
          "pion-answer-firefox");

  private PeerSdp() {}

  public static List<String> names() {
    return Stream.of(OFFERS, GATEWAY_OFFERS, PLAIN_SIP, ANSWERS_TO_CHROMIUM, ANSWERS_TO_FIREFOX)
        .flatMap(List::stream)
        .toList();
  }
}
