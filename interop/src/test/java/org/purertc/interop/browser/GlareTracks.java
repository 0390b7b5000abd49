package org.purertc.interop.browser;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.purertc.EncodedMediaSource;
import org.purertc.MediaKind;
import org.purertc.MediaStreamTrack;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCRtpSender;
import org.purertc.interop.media.EncodedFrames;
import org.purertc.interop.media.Player;

/** The few tracks that Java sends in all glare rounds. */
final class GlareTracks implements AutoCloseable {
  private final Map<MediaKind, List<Player>> players =
      Map.of(
          MediaKind.AUDIO,
          players(EncodedFrames.opus(), EncodedFrames.opus()),
          MediaKind.VIDEO,
          players(EncodedFrames.vp8(), EncodedFrames.vp8()));

  private static List<Player> players(EncodedFrames... media) {
    return Stream.of(media).map(Player::new).toList();
  }

  /** A track that no sender of the connection has, if any. */
  @Nullable MediaStreamTrack unsent(RTCPeerConnection connection, MediaKind kind) {
    List<MediaStreamTrack> sent =
        connection.getSenders().stream()
            .map(RTCRtpSender::track)
            .filter(track -> track != null)
            .toList();
    return players.get(kind).stream()
        .map(Player::source)
        .map(EncodedMediaSource::track)
        .filter(track -> !sent.contains(track))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    players.values().stream().flatMap(Collection::stream).forEach(Player::close);
  }
}
