package org.purertc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The programs of docs/media.md. */
final class MediaGuide {
  private MediaGuide() {}

  static void receive(RTCPeerConnection connection, Consumer<EncodedFrame> decoder) {
    connection.onTrack(
        event -> {
          MediaStreamTrack track = event.track();
          if (track.kind() == MediaKind.VIDEO) {
            track.onFrame(decoder);
          }
        });
  }

  static EncodedMediaSource send(RTCPeerConnection connection, Encoder encoder) {
    EncodedMediaSource camera = EncodedMediaSource.video();
    camera.onCodec(codec -> encoder.codec(codec.mimeType()));
    camera.onTargetBitrate(encoder::bitrate);
    camera.onKeyFrameRequest(encoder::nextIsKeyFrame);
    encoder.output(
        (bytes, timestampUs) ->
            camera.write(
                EncodedFrame.video("video/VP8", bytes, timestampUs, encoder.wroteKeyFrame())));
    RTCRtpSender unused = connection.addTrack(camera.track());
    return camera;
  }

  static void echo(RTCPeerConnection connection) {
    connection.onTrack(
        event -> connection.addTrack(event.track(), event.streams().toArray(new MediaStream[0])));
  }

  static void answer(RTCPeerConnection connection, RTCSessionDescription offer) {
    CompletableFuture<RTCSessionDescription> unused =
        connection
            .setRemoteDescription(offer)
            .thenCompose(done -> connection.setLocalDescription());
  }

  static void forward(RTCPeerConnection speaker, List<RTCPeerConnection> listeners) {
    speaker.onTrack(
        event -> {
          for (RTCPeerConnection listener : listeners) {
            RTCRtpSender unused = listener.addTrack(event.track());
          }
        });
  }

  static EncodedMediaSource relay(RTCRtpReceiver speaker) {
    EncodedMediaSource relay =
        speaker.track().kind() == MediaKind.AUDIO
            ? EncodedMediaSource.audio()
            : EncodedMediaSource.video();
    speaker.onPacket(relay::write);
    relay.onKeyFrameRequest(speaker.track()::requestKeyFrame);
    return relay;
  }

  static void switchTo(RTCRtpReceiver next, RTCRtpReceiver before, EncodedMediaSource relay) {
    before.onPacket(null);
    next.onPacket(relay::write);
    relay.onKeyFrameRequest(next.track()::requestKeyFrame);
    next.track().requestKeyFrame();
  }

  static EncodedFrame captured(EncodedFrame frame, Instant when) {
    return frame.with(frame.metadata().withCaptureTime(when));
  }

  static void limit(RTCRtpSender sender, long bitsPerSecond) {
    RTCRtpSendParameters parameters = sender.getParameters();
    RTCRtpEncodingParameters encoding = parameters.encodings().get(0);
    sender.setParameters(parameters.withEncodings(encoding.withMaxBitrate(bitsPerSecond)));
  }

  static void sendSimulcast(
      RTCPeerConnection connection, EncodedMediaSource camera, Map<String, Encoder> encoders) {
    RTCRtpTransceiverInit init =
        RTCRtpTransceiverInit.of(RTCRtpTransceiverDirection.SENDONLY)
            .withSendEncodings(
                RTCRtpEncodingParameters.of("q").withMaxBitrate(150_000L),
                RTCRtpEncodingParameters.of("h").withMaxBitrate(600_000L),
                RTCRtpEncodingParameters.of("f").withMaxBitrate(2_000_000L));
    RTCRtpTransceiver unused = connection.addTransceiver(camera.track(), init);
    encoders.forEach(
        (rid, encoder) -> {
          EncodedMediaSource encoding = camera.encoding(rid);
          encoding.onTargetBitrate(encoder::bitrate);
          encoding.onKeyFrameRequest(encoder::nextIsKeyFrame);
        });
  }

  static void choose(RTCRtpReceiver speaker, RTCRtpSender listener, int layer) {
    List<String> rids = speaker.rids();
    if (layer < rids.size()) {
      CompletableFuture<Void> unused = listener.replaceTrack(speaker.track(rids.get(layer)));
    }
  }

  static void prefer(RTCRtpTransceiver transceiver, String mimeType) {
    List<RTCRtpCodec> codecs =
        RTCRtpSender.getCapabilities(transceiver.kind()).codecs().stream()
            .filter(codec -> codec.mimeType().equals(mimeType) || isExtra(codec))
            .toList();
    transceiver.setCodecPreferences(codecs);
  }

  static boolean isExtra(RTCRtpCodec codec) {
    return codec.mimeType().equals("video/rtx") || codec.mimeType().equals("audio/telephone-event");
  }

  static void dial(RTCRtpSender sender, String number) {
    RTCDTMFSender tones = sender.dtmf();
    if (tones != null && tones.canInsertDTMF()) {
      tones.insertDTMF(number);
    }
  }

  static CompletableFuture<Double> secondsToTheRemotePeerAndBack(RTCRtpSender sender) {
    return sender
        .getStats()
        .thenApply(
            report -> {
              RTCStats sent = report.ofType("outbound-rtp").get(0);
              RTCStats remote = report.get(sent.text("remoteId"));
              return remote.doubleValue("roundTripTime");
            });
  }

  /** The encoder of the program's choice; PureRTC has none. */
  interface Encoder {
    void codec(String mimeType);

    void bitrate(long bitsPerSecond);

    void nextIsKeyFrame();

    boolean wroteKeyFrame();

    void output(BiConsumer<byte[], Long> consumer);
  }
}
