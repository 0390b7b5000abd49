package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** What descriptions say of remote tracks and their streams, W3C WebRTC section 4.4.1.5. */
class RemoteTrackTest {
  private final MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(5));
  private final EncodedMediaSource audio = EncodedMediaSource.audio();
  private final EncodedMediaSource video = EncodedMediaSource.video();
  private final List<String> events = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    call.end();
  }

  @Test
  void tracksComeInTheOrderOfTheSectionsBeforeTheOperationEnds() {
    RTCRtpSender first = call.a.addTrack(video.track());
    RTCRtpSender second = call.a.addTrack(audio.track());
    call.b.onTrack(event -> events.add("track " + event.track().kind()));
    call.b.onSignalingStateChange(state -> events.add(state.toString()));
    RTCSessionDescription offer = call.result(call.a.createOffer());
    Void unused =
        call.result(call.b.setRemoteDescription(offer).thenRun(() -> events.add("applied")));
    assertThat(events)
        .containsExactly("have-remote-offer", "track video", "track audio", "applied");
    assertThat(first).isNotSameAs(second);
  }

  @Test
  void theEventNamesWhatBelongsTogether() {
    MediaStream stream = new MediaStream(audio.track(), video.track());
    RTCRtpSender first = call.a.addTrack(audio.track(), stream);
    RTCRtpSender second = call.a.addTrack(video.track(), stream);
    call.negotiated();
    assertThat(call.tracksOfB).hasSize(2);
    RTCTrackEvent event = call.tracksOfB.get(0);
    assertThat(event.receiver()).isSameAs(event.transceiver().receiver());
    assertThat(event.track()).isSameAs(event.receiver().track());
    assertThat(event.streams()).hasSize(1);
    MediaStream remote = event.streams().get(0);
    assertThat(remote.id()).isEqualTo(stream.id());
    assertThat(call.tracksOfB.get(1).streams()).containsExactly(remote);
    assertThat(remote.getTracks()).containsExactly(event.track(), call.tracksOfB.get(1).track());
    assertThat(remote.getAudioTracks()).containsExactly(event.track());
    assertThat(remote.getTrackById(event.track().id())).isSameAs(event.track());
    assertThat(remote.active()).isTrue();
    assertThat(first).isNotSameAs(second);
  }

  @Test
  void aTrackMayBeInSeveralStreamsOrNone() {
    MediaStream one = new MediaStream();
    MediaStream two = new MediaStream();
    RTCRtpSender inTwo = call.a.addTrack(audio.track(), one, two, one);
    RTCRtpSender inNone = call.a.addTrack(video.track());
    call.negotiated();
    assertThat(call.tracksOfB.get(0).streams())
        .extracting(MediaStream::id)
        .containsExactly(one.id(), two.id());
    assertThat(call.tracksOfB.get(1).streams()).isEmpty();
    assertThat(inTwo).isNotSameAs(inNone);
  }

  @Test
  void aTrackIsMutedUntilItsFirstPacketAndAfterItsRemoval() {
    RTCRtpSender sender = call.a.addTrack(audio.track(), new MediaStream());
    call.negotiated();
    MediaStreamTrack track = call.tracksOfB.get(0).track();
    MediaStream stream = call.tracksOfB.get(0).streams().get(0);
    assertThat(track.muted()).isTrue();
    track.onUnmute(unused -> events.add("unmute"));
    track.onMute(unused -> events.add("mute"));
    stream.onRemoveTrack(removed -> events.add("removetrack"));
    List<EncodedFrame> written = call.write(audio);
    call.pair.runMs(500);
    assertThat(track.muted()).isFalse();
    assertThat(events).containsExactly("unmute");
    call.a.removeTrack(sender);
    call.negotiated();
    assertThat(events).containsExactly("unmute", "mute", "removetrack");
    assertThat(track.muted()).isTrue();
    assertThat(track.readyState()).isEqualTo(MediaStreamTrackState.LIVE);
    assertThat(stream.getTracks()).isEmpty();
    assertThat(stream.active()).isFalse();
    assertThat(written).isNotEmpty();
  }

  @Test
  void aTrackThatComesBackIsTheSameTrackWithANewEvent() {
    RTCRtpTransceiver transceiver =
        call.a.addTransceiver(audio.track(), RTCRtpTransceiverInit.DEFAULT);
    List<EncodedFrame> written = call.write(audio);
    call.negotiated();
    transceiver.direction(RTCRtpTransceiverDirection.INACTIVE);
    call.negotiated();
    int received = call.receivedByB.size();
    transceiver.direction(RTCRtpTransceiverDirection.SENDRECV);
    call.negotiated();
    assertThat(call.tracksOfB).hasSize(2);
    assertThat(call.tracksOfB.get(1).track()).isSameAs(call.tracksOfB.get(0).track());
    assertThat(call.receivedByB).hasSizeGreaterThan(received);
    assertThat(written).isNotEmpty();
  }

  @Test
  void otherStreamsMoveTheTrackWithoutANewEvent() {
    MediaStream before = new MediaStream();
    MediaStream after = new MediaStream();
    MediaStream both = new MediaStream();
    RTCRtpSender sender = call.a.addTrack(audio.track(), before, both);
    RTCRtpSender second = call.a.addTrack(video.track(), after);
    call.negotiated();
    MediaStream remoteBefore = call.tracksOfB.get(0).streams().get(0);
    MediaStream remoteBoth = call.tracksOfB.get(0).streams().get(1);
    MediaStream remoteAfter = call.tracksOfB.get(1).streams().get(0);
    MediaStreamTrack track = call.tracksOfB.get(0).track();
    remoteAfter.onAddTrack(added -> events.add("addtrack " + (added == track)));
    remoteBefore.onRemoveTrack(removed -> events.add("removetrack " + (removed == track)));
    sender.setStreams(both, after);
    call.negotiated();
    assertThat(events).containsExactly("removetrack true", "addtrack true");
    assertThat(remoteBoth.getTracks()).containsExactly(track);
    assertThat(remoteAfter.getTracks()).contains(track);
    assertThat(remoteBefore.getTracks()).isEmpty();
    assertThat(call.tracksOfB).hasSize(2);
    assertThat(second).isNotSameAs(sender);
  }

  @Test
  void aTrackThatWasSwitchedOffGivesNothing() {
    RTCRtpSender unused = call.a.addTrack(video.track());
    List<EncodedFrame> written = call.write(video);
    call.negotiated();
    MediaStreamTrack track = call.tracksOfB.get(0).track();
    track.enabled(false);
    call.pair.runMs(100);
    int received = call.receivedByB.size();
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSize(received);
    track.enabled(true);
    call.pair.runMs(500);
    assertThat(call.receivedByB.get(received).keyFrame()).isTrue();
    assertThat(written).isNotEmpty();
  }

  @Test
  void aTrackThatWasStoppedGivesNothingAndHasNoEvent() {
    RTCRtpSender unused = call.a.addTrack(audio.track());
    List<EncodedFrame> written = call.write(audio);
    call.negotiated();
    MediaStreamTrack track = call.tracksOfB.get(0).track();
    track.onEnded(ended -> events.add("ended"));
    track.stop();
    int received = call.receivedByB.size();
    call.pair.runMs(500);
    assertThat(track.readyState()).isEqualTo(MediaStreamTrackState.ENDED);
    assertThat(call.receivedByB).hasSize(received);
    assertThat(events).isEmpty();
    assertThat(written).isNotEmpty();
  }

  @Test
  void noEventComesAfterClose() {
    RTCRtpSender unused = call.a.addTrack(audio.track());
    List<EncodedFrame> written = call.write(audio);
    call.negotiated();
    MediaStreamTrack track = call.tracksOfB.get(0).track();
    track.onEnded(ended -> events.add("ended"));
    track.onMute(muted -> events.add("mute"));
    call.b.close();
    int received = call.receivedByB.size();
    call.pair.runMs(500);
    assertThat(call.receivedByB).hasSize(received);
    assertThat(events).isEmpty();
    assertThat(written).isNotEmpty();
  }
}
