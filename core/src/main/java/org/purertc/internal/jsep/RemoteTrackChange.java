package org.purertc.internal.jsep;

import java.util.List;

/**
 * That the remote began or ended to send on a transceiver, or sends in other streams; W3C WebRTC
 * section 4.4.1.5, "process remote tracks".
 *
 * @param sends whether the remote sends now
 * @param streamIds of {@code a=msid}; empty when it sends no more
 * @param trackId of {@code a=msid}; empty without one
 */
public record RemoteTrackChange(
    Transceiver transceiver, boolean sends, List<String> streamIds, String trackId) {

  public RemoteTrackChange {
    streamIds = List.copyOf(streamIds);
  }
}
