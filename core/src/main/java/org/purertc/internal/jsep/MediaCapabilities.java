package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;

/**
 * What sections can carry: codecs with the payload types that browsers give them, in the order of
 * preference, and header extensions with their ids. RED and FEC formats are none of them.
 */
public record MediaCapabilities(
    List<Codec> audioCodecs,
    List<Codec> videoCodecs,
    List<HeaderExtension> audioExtensions,
    List<HeaderExtension> videoExtensions) {

  public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
  public static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
  public static final String REPAIRED_RID =
      "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
  public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
  public static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";
  public static final String TRANSPORT_WIDE_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
  public static final String ABS_SEND_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
  public static final String ABS_CAPTURE_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";
  public static final String PLAYOUT_DELAY =
      "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";

  private static final List<String> AUDIO_FEEDBACK = List.of("transport-cc");
  private static final List<String> VIDEO_FEEDBACK =
      List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");

  /** Neither audio nor video. */
  public static final MediaCapabilities NONE =
      new MediaCapabilities(List.of(), List.of(), List.of(), List.of());

  /** All that this library packetizes. */
  public static final MediaCapabilities STANDARD =
      new MediaCapabilities(audio(), video(), extensionsOfAudio(), extensionsOfVideo());

  public MediaCapabilities {
    audioCodecs = List.copyOf(audioCodecs);
    videoCodecs = List.copyOf(videoCodecs);
    audioExtensions = List.copyOf(audioExtensions);
    videoExtensions = List.copyOf(videoExtensions);
  }

  public List<Codec> codecs(MediaKind kind) {
    return kind == MediaKind.AUDIO ? audioCodecs : videoCodecs;
  }

  public List<HeaderExtension> extensions(MediaKind kind) {
    return kind == MediaKind.AUDIO ? audioExtensions : videoExtensions;
  }

  private static List<Codec> audio() {
    return List.of(
        audio("opus", 111, 48_000, 2, "minptime=10;useinbandfec=1"),
        audio("G722", 9, 8000, 1, ""),
        audio("PCMU", 0, 8000, 1, ""),
        audio("PCMA", 8, 8000, 1, ""),
        new Codec("audio/telephone-event", 110, 48_000, 1, "0-15", List.of()),
        new Codec("audio/telephone-event", 126, 8000, 1, "0-15", List.of()));
  }

  private static Codec audio(
      String name, int payloadType, int clockRate, int channels, String fmtp) {
    return new Codec("audio/" + name, payloadType, clockRate, channels, fmtp, AUDIO_FEEDBACK);
  }

  private static List<Codec> video() {
    List<Codec> codecs = new ArrayList<>();
    addVideo(codecs, "VP8", 96, 97, "");
    addH264(codecs, 102, 103, 1, "42001f");
    addH264(codecs, 104, 107, 0, "42001f");
    addH264(codecs, 108, 109, 1, "42e01f");
    addH264(codecs, 114, 115, 0, "42e01f");
    addH264(codecs, 116, 117, 1, "4d001f");
    addH264(codecs, 39, 40, 0, "4d001f");
    addH264(codecs, 112, 113, 1, "64001f");
    addVideo(codecs, "AV1", 45, 46, "level-idx=5;profile=0;tier=0");
    addVideo(codecs, "VP9", 98, 99, "profile-id=0");
    addVideo(codecs, "VP9", 100, 101, "profile-id=2");
    return codecs;
  }

  private static void addH264(List<Codec> to, int type, int rtxType, int mode, String profile) {
    String fmtp =
        "level-asymmetry-allowed=1;packetization-mode=" + mode + ";profile-level-id=" + profile;
    addVideo(to, "H264", type, rtxType, fmtp);
  }

  private static void addVideo(List<Codec> to, String name, int type, int rtxType, String fmtp) {
    to.add(new Codec("video/" + name, type, 90_000, 1, fmtp, VIDEO_FEEDBACK));
    to.add(new Codec("video/rtx", rtxType, 90_000, 1, "apt=" + type, List.of()));
  }

  private static List<HeaderExtension> extensionsOfAudio() {
    return List.of(
        new HeaderExtension(AUDIO_LEVEL, 1),
        new HeaderExtension(ABS_SEND_TIME, 2),
        new HeaderExtension(TRANSPORT_WIDE_CC, 3),
        new HeaderExtension(MID, 4),
        new HeaderExtension(ABS_CAPTURE_TIME, 12));
  }

  private static List<HeaderExtension> extensionsOfVideo() {
    return List.of(
        new HeaderExtension(ABS_SEND_TIME, 2),
        new HeaderExtension(VIDEO_ORIENTATION, 13),
        new HeaderExtension(TRANSPORT_WIDE_CC, 3),
        new HeaderExtension(PLAYOUT_DELAY, 5),
        new HeaderExtension(MID, 4),
        new HeaderExtension(RID, 10),
        new HeaderExtension(REPAIRED_RID, 11),
        new HeaderExtension(ABS_CAPTURE_TIME, 12));
  }
}
