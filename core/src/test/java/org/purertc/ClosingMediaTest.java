package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.sim.SimNetwork;

/** A connection with media is closed, in every state and from inside every handler. */
class ClosingMediaTest {
  private static final int CALL_MS = 900;

  private final PeerPair pair = new PeerPair(SimNetwork.with(1).delayMs(10).lossPercent(3));
  private final Side a = new Side(pair.a);
  private final Side b = new Side(pair.b);

  /** One side that sends and receives everything, and notes what happens. */
  private final class Side {
    final PeerCore core;
    final RTCPeerConnection connection;
    final List<String> events = new ArrayList<>();
    final List<String> late = new ArrayList<>();
    final List<MediaStreamTrack> remoteTracks = new ArrayList<>();
    final MediaFlow audio = new MediaFlow(EncodedMediaSource.audio(), 1);
    final MediaFlow video = new MediaFlow(EncodedMediaSource.video(), 2);
    String closesIn = "nowhere";
    boolean closed;

    Side(PeerCore core) {
      this.core = core;
      connection = new RTCPeerConnection(core);
      connection.onNegotiationNeeded(() -> note("negotiationneeded"));
      connection.onLocalDescription(description -> note("description"));
      connection.onSignalingStateChange(state -> note("signaling " + state));
      connection.onIceGatheringStateChange(state -> note("gathering " + state));
      connection.onIceConnectionStateChange(state -> note("ice " + state));
      connection.onConnectionStateChange(state -> note("connection " + state));
      connection.onTrack(this::onTrack);
      connection.onDataChannel(channel -> channel.onMessage(message -> note("message")));
      for (MediaFlow flow : List.of(audio, video)) {
        flow.source.onTargetBitrate(bitrate -> note("bitrate"));
        flow.source.onCodec(codec -> note("codec"));
      }
    }

    private void onTrack(RTCTrackEvent event) {
      note("track");
      MediaStreamTrack track = event.track();
      remoteTracks.add(track);
      track.onFrame(frame -> note("frame"));
      track.onGap(gap -> note("gap"));
      track.onMute(muted -> note("mute"));
      track.onUnmute(unmuted -> note("unmute"));
      track.onEnded(ended -> note("ended"));
      event.receiver().onTone(tone -> note("tone"));
    }

    private void note(String event) {
      (closed ? late : events).add(event);
      if (event.equals(closesIn)) {
        close();
      }
    }

    void addMedia() {
      RTCDTMFSender tones = connection.addTrack(audio.source.track()).dtmf();
      RTCRtpSender unused = connection.addTrack(video.source.track());
      tones.onToneChange(tone -> note("tonechange"));
      RTCDataChannel channel = connection.createDataChannel("data");
      channel.onOpen(
          () -> {
            note("open");
            if (channel.readyState() == RTCDataChannelState.OPEN) {
              channel.send("message");
            }
          });
      channel.onClose(() -> note("close"));
      pair.loop.at(pair.loop.nowNs() + 400_000_000L, () -> dial(tones));
      tick();
    }

    private void dial(RTCDTMFSender tones) {
      if (!closed && tones.canInsertDTMF()) {
        tones.insertDTMF("123");
      }
    }

    private void tick() {
      audio.write(pair.loop.nowNs());
      video.write(pair.loop.nowNs());
      if (pair.nowMs() < 2 * CALL_MS) {
        pair.loop.at(pair.loop.nowNs() + MediaFlow.FRAME_MS * 1_000_000L, this::tick);
      }
    }

    void close() {
      connection.close();
      closed = true;
      connection.close();
    }

    void assertClosed(String when) {
      assertThat(late).as(when).isEmpty();
      assertThat(connection.connectionState()).isEqualTo(RTCPeerConnectionState.CLOSED);
      assertThat(connection.signalingState()).isEqualTo(RTCSignalingState.CLOSED);
      assertThat(connection.getReceivers()).as(when).isEmpty();
      assertThat(remoteTracks)
          .as(when)
          .extracting(MediaStreamTrack::readyState)
          .allMatch(MediaStreamTrackState.ENDED::equals);
      assertThat(connection.getTransceivers())
          .allMatch(each -> each.receiver().track().readyState() == MediaStreamTrackState.ENDED)
          .allMatch(each -> each.direction() == RTCRtpTransceiverDirection.STOPPED);
      assertThat(audio.source.track().readyState()).isEqualTo(MediaStreamTrackState.LIVE);
      assertThat(connection.getStats()).isCompletedExceptionally();
    }
  }

  /** Both add media; a offers. */
  private void call() {
    a.addMedia();
    b.addMedia();
    pair.negotiate();
  }

  private void assertNothingLeft() {
    pair.runMs(2 * CALL_MS + 100);
    pair.failures.clear(); // descriptions that came too late
    pair.assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void atAnyMomentOfACall(boolean offerer) {
    for (int ms = 0; ms < CALL_MS; ms += ms < 300 ? 5 : 60) {
      ClosingMediaTest each = new ClosingMediaTest();
      Side closer = offerer ? each.a : each.b;
      each.call();
      each.pair.runMs(ms);
      closer.close();
      each.pair.runMs(1_000);
      closer.assertClosed("after " + ms + " ms");
      each.assertNothingLeft();
    }
  }

  @Test
  void aCallHasAllTheEventsInWhichItIsClosed() {
    call();
    pair.runMs(CALL_MS);
    for (Side side : List.of(a, b)) {
      assertThat(side.events)
          .contains("signaling stable", "gathering complete", "ice completed", "track")
          .contains("connection connected", "unmute", "frame", "tone", "tonechange", "open")
          .contains("message", "codec", "bitrate", "description");
    }
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "description",
    "signaling have-local-offer",
    "signaling stable",
    "gathering complete",
    "ice checking",
    "ice connected",
    "connection connected",
    "track",
    "unmute",
    "frame",
    "tone",
    "tonechange",
    "open",
    "message",
    "codec",
    "bitrate"
  })
  void insideAHandler(String event) {
    a.closesIn = event;
    call();
    pair.runMs(CALL_MS);
    assertThat(a.events).contains(event);
    a.assertClosed("in " + event);
    assertNothingLeft();
  }

  @Test
  void insideTheHandlerThatIsToNegotiate() {
    a.closesIn = "negotiationneeded";
    a.addMedia();
    pair.runMs(CALL_MS);
    assertThat(a.events).containsExactly("negotiationneeded");
    a.assertClosed("before an offer");
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({"mute", "gap", "connection failed", "close"})
  void insideAHandlerOfWhatTheOtherSideCauses(String event) {
    a.closesIn = event;
    call();
    pair.runMs(600);
    switch (event) {
      case "mute" -> {
        b.connection.getTransceivers().forEach(RTCRtpTransceiver::stop);
        pair.negotiate();
      }
      case "gap" -> pair.network.lossPercent(40);
      default -> b.close();
    }
    pair.runMs(CALL_MS);
    pair.network.lossPercent(0);
    assertThat(a.events).contains(event);
    a.assertClosed("in " + event);
    assertNothingLeft();
  }

  @Test
  void beforeAnOfferAndInEachSignalingState() {
    for (RTCSignalingState state : RTCSignalingState.values()) {
      ClosingMediaTest each = new ClosingMediaTest();
      each.closeIn(state);
    }
  }

  private void closeIn(RTCSignalingState state) {
    a.addMedia();
    b.addMedia();
    Side closer = bring(state);
    assertThat(closer.connection.signalingState()).isEqualTo(state);
    closer.close();
    pair.runMs(500);
    closer.assertClosed("in " + state);
    assertNothingLeft();
  }

  /** One of both, in that state. */
  private Side bring(RTCSignalingState state) {
    if (state == RTCSignalingState.STABLE) {
      return a;
    }
    if (state == RTCSignalingState.CLOSED) {
      a.close();
      return a;
    }
    RTCSessionDescription offer = result(a.connection.setLocalDescription());
    if (state == RTCSignalingState.HAVE_LOCAL_OFFER) {
      return a;
    }
    result(b.connection.setRemoteDescription(offer));
    if (state == RTCSignalingState.HAVE_REMOTE_OFFER) {
      return b;
    }
    RTCSessionDescription answer = result(b.connection.createAnswer());
    RTCSessionDescription provisional =
        new RTCSessionDescription(RTCSdpType.PRANSWER, answer.sdp());
    result(b.connection.setLocalDescription(provisional));
    if (state == RTCSignalingState.HAVE_LOCAL_PRANSWER) {
      return b;
    }
    result(a.connection.setRemoteDescription(provisional));
    return a;
  }

  private <T> T result(CompletableFuture<T> operation) {
    pair.runMs(0);
    return operation.join();
  }
}
