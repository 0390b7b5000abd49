package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** docs/media.md: each of its programs is in {@link MediaGuide}, and does what is said there. */
class MediaGuideTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(10));
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private final EncodedMediaSource video = EncodedMediaSource.video();
  private final List<EncodedFrame> received = new ArrayList<>();

  @Test
  void theDocumentShowsTheseMethods() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "."));
    String source = Files.readString(module.resolve("src/test/java/org/purertc/MediaGuide.java"));
    String document = Files.readString(module.resolve("../docs/media.md"));
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(document);
    int blocks = 0;
    while (block.find()) {
      blocks++;
      assertThat(source.replaceAll("(?m)^  ", "")).contains(block.group(1));
    }
    assertThat(blocks).isGreaterThanOrEqualTo(9);
  }

  @Test
  void receivesACamera() {
    MediaGuide.receive(call.b, received::add);
    RTCRtpSender unused = call.a.addTrack(video.track());
    List<EncodedFrame> written = call.write(video);
    call.negotiated();
    assertThat(received).hasSizeGreaterThan(20);
    assertThat(received.get(0).keyFrame()).isTrue();
    assertThat(written).isNotEmpty();
    call.end();
  }

  @Test
  void sendsWhatAnEncoderMakes() {
    SampleEncoder encoder = new SampleEncoder();
    EncodedMediaSource camera = MediaGuide.send(call.a, encoder);
    call.negotiated();
    assertThat(encoder.codec).isEqualTo("video/VP8");
    encoder.encode();
    encoder.encode();
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSize(2);
    assertThat(encoder.bitsPerSecond).isPositive();
    camera.close();
    call.end();
  }

  @Test
  void echoes() {
    MediaGuide.echo(call.b);
    RTCRtpSender unused = call.a.addTrack(audio.track());
    List<EncodedFrame> written = call.write(audio);
    RTCSessionDescription offer = call.result(call.a.setLocalDescription());
    MediaGuide.answer(call.b, offer);
    call.pair.runMs(0);
    call.result(call.a.setRemoteDescription(call.b.localDescription()));
    call.tracksOfA.get(0).track().onFrame(received::add);
    call.pair.runMs(1_000);
    assertThat(received).hasSizeGreaterThan(20);
    assertThat(written).isNotEmpty();
    call.end();
  }

  @Test
  void forwardsToOthers() {
    MediaCall listener = new MediaCall(SimNetwork.with(2).delayMs(10));
    MediaGuide.forward(call.b, List.of(listener.a));
    RTCRtpSender unused = call.a.addTrack(audio.track());
    List<EncodedFrame> written = call.write(audio);
    call.negotiated();
    listener.negotiated();
    for (int i = 0; i < 500; i++) {
      call.pair.runMs(2);
      listener.pair.runMs(2);
    }
    assertThat(listener.receivedByB).hasSizeGreaterThan(20);
    assertThat(written).isNotEmpty();
    call.end();
    listener.end();
  }

  @Test
  void relaysPacketsAndSwitchesBetweenSpeakers() {
    MediaCall second = new MediaCall(SimNetwork.with(2).delayMs(10));
    MediaCall listener = new MediaCall(SimNetwork.with(3).delayMs(10));
    EncodedMediaSource other = EncodedMediaSource.video();
    RTCRtpSender unused = call.a.addTrack(video.track());
    RTCRtpSender unusedToo = second.a.addTrack(other.track());
    List<EncodedFrame> written = call.write(video);
    List<EncodedFrame> writtenToo = second.write(other);
    call.negotiated();
    second.negotiated();
    RTCRtpReceiver speaker = call.b.getReceivers().get(0);
    EncodedMediaSource relay = MediaGuide.relay(speaker);
    RTCRtpSender relaying = listener.a.addTrack(relay.track());
    listener.negotiated();
    runAll(call, second, listener);
    MediaGuide.switchTo(second.b.getReceivers().get(0), speaker, relay);
    int seen = listener.receivedByB.size();
    runAll(call, second, listener);
    assertThat(relaying.track()).isSameAs(relay.track());
    assertThat(written).extracting(EncodedFrame::data).contains(dataAt(listener, seen - 1));
    assertThat(writtenToo)
        .extracting(EncodedFrame::data)
        .contains(dataAt(listener, listener.receivedByB.size() - 1));
    List.of(call, second, listener).forEach(MediaCall::end);
  }

  private static byte[] dataAt(MediaCall listener, int index) {
    return listener.receivedByB.get(index).data();
  }

  private static void runAll(MediaCall... calls) {
    for (int i = 0; i < 500; i++) {
      for (MediaCall each : calls) {
        each.pair.runMs(2);
      }
    }
  }

  @Test
  void givesTheTimeOfCapture() {
    Instant when = Instant.ofEpochSecond(1_800_000_000L);
    EncodedFrame frame = new SampleFrames(1).opus();
    assertThat(MediaGuide.captured(frame, when).metadata().captureTime()).isEqualTo(when);
  }

  @Test
  void limitsPrefersDialsAndMeasures() {
    List<String> tones = new ArrayList<>();
    RTCRtpSender sender = call.a.addTrack(audio.track());
    MediaGuide.prefer(call.a.getTransceivers().get(0), "audio/opus");
    MediaGuide.limit(sender, 24_000);
    List<EncodedFrame> written = call.write(audio);
    call.negotiated();
    call.b.getReceivers().get(0).onTone(tones::add);
    assertThat(sender.getParameters().encodings().get(0).maxBitrate()).isEqualTo(24_000);
    assertThat(sender.getParameters().negotiated().codecs())
        .allMatch(each -> each.codec().mimeType().matches("audio/(opus|telephone-event)"));
    MediaGuide.dial(sender, "42#");
    call.pair.runMs(6_000);
    assertThat(tones).containsExactly("4", "2", "#");
    double seconds = call.result(MediaGuide.secondsToTheRemotePeerAndBack(sender));
    assertThat(seconds).isEqualTo(0.020, within(0.005));
    assertThat(written).isNotEmpty();
    call.end();
  }

  /** Makes frames when it is told to. */
  private static final class SampleEncoder implements MediaGuide.Encoder {
    private final SampleFrames frames = new SampleFrames(1);
    private BiConsumer<byte[], Long> output = (bytes, timestampUs) -> {};
    private boolean keyFrame = true;
    private boolean wroteKeyFrame;
    String codec = "";
    long bitsPerSecond;

    void encode() {
      EncodedFrame frame = frames.vp8(keyFrame);
      wroteKeyFrame = keyFrame;
      keyFrame = false;
      output.accept(frame.data(), frame.timestampUs());
    }

    @Override
    public void codec(String mimeType) {
      codec = mimeType;
    }

    @Override
    public void bitrate(long target) {
      bitsPerSecond = target;
    }

    @Override
    public void nextIsKeyFrame() {
      keyFrame = true;
    }

    @Override
    public boolean wroteKeyFrame() {
      return wroteKeyFrame;
    }

    @Override
    public void output(BiConsumer<byte[], Long> consumer) {
      output = consumer;
    }
  }
}
