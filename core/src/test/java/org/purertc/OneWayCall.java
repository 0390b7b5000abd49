package org.purertc;

import java.util.List;

/** Of a pair of peers: a writes, b receives. */
final class OneWayCall {
  final PeerPair pair;
  final MediaFlow audio;
  final MediaFlow video;
  private List<MediaStream> streams = List.of();
  private boolean ended;

  OneWayCall(PeerPair pair) {
    this.pair = pair;
    audio = new MediaFlow(EncodedMediaSource.audio(), pair.network.seed()).clock(pair.loop::nowNs);
    video = new MediaFlow(EncodedMediaSource.video(), pair.network.seed()).clock(pair.loop::nowNs);
    pair.b.events.track.set(
        event -> {
          MediaFlow flow = event.track().kind() == MediaKind.AUDIO ? audio : video;
          event.track().onFrame(flow::receive);
          event.track().onGap(flow.gaps::add);
        });
  }

  /** Both in one stream. */
  void sendTogether() {
    streams = List.of(new MediaStream());
    sendAudio();
    sendVideo();
  }

  void sendAudio() {
    start(audio);
  }

  void sendVideo() {
    start(video);
  }

  private void start(MediaFlow flow) {
    RTCRtpSender unused = pair.a.media().addTrack(flow.source.track(), streams);
    tick(flow);
  }

  private void tick(MediaFlow flow) {
    if (!ended) {
      flow.write(pair.loop.nowNs());
      pair.loop.at(pair.loop.nowNs() + MediaFlow.FRAME_MS * 1_000_000, () -> tick(flow));
    }
  }

  void end() {
    ended = true;
    pair.runMs(2 * MediaFlow.FRAME_MS);
  }
}
