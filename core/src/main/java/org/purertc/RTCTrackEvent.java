package org.purertc;

import java.util.List;

/**
 * The remote peer sends a track from now on.
 *
 * @param streams those that it belongs to, by what the remote peer says
 * @see <a href="https://www.w3.org/TR/webrtc/#rtctrackevent">WebRTC 5.7, RTCTrackEvent</a>
 */
public record RTCTrackEvent(
    RTCRtpReceiver receiver,
    MediaStreamTrack track,
    List<MediaStream> streams,
    RTCRtpTransceiver transceiver) {

  public RTCTrackEvent {
    streams = List.copyOf(streams);
  }
}
