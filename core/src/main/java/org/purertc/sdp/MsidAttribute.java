package org.purertc.sdp;

import java.util.List;

/**
 * {@code a=msid}, RFC 8830 section 2.
 *
 * @param streamId id of a media stream; {@code -} for none
 * @param trackId empty when not written
 */
public record MsidAttribute(String streamId, String trackId) {
  private static final String NO_STREAM = "-";

  public MsidAttribute {
    // RFC 8830 wants token characters; Firefox writes braces, which are, and others anything.
    Syntax.checkWord(streamId, "stream id");
    if (!trackId.isEmpty()) {
      Syntax.checkWord(trackId, "track id");
    }
  }

  static MsidAttribute of(String value) {
    List<String> parts = List.of(value.strip().split(" +"));
    Syntax.require(parts.size() <= 2, "msid needs a stream id and at most a track id");
    return new MsidAttribute(parts.get(0), parts.size() == 2 ? parts.get(1) : "");
  }

  /** Of a track without a stream. */
  public static MsidAttribute withoutStream(String trackId) {
    return new MsidAttribute(NO_STREAM, trackId);
  }

  public boolean hasStream() {
    return !streamId.equals(NO_STREAM);
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    return trackId.isEmpty() ? streamId : streamId + " " + trackId;
  }
}
