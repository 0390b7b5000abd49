package org.purertc;

import org.jspecify.annotations.Nullable;

/** Options of a data channel, W3C WebRTC section 6.2.1. Immutable: each method returns a copy. */
public record RTCDataChannelInit(
    boolean ordered,
    @Nullable Integer maxPacketLifeTime,
    @Nullable Integer maxRetransmits,
    String protocol,
    boolean negotiated,
    @Nullable Integer id) {

  /** Reliable and ordered, announced in band. */
  public static final RTCDataChannelInit DEFAULT =
      new RTCDataChannelInit(true, null, null, "", false, null);

  public RTCDataChannelInit withOrdered(boolean ordered) {
    return new RTCDataChannelInit(
        ordered, maxPacketLifeTime, maxRetransmits, protocol, negotiated, id);
  }

  public RTCDataChannelInit withMaxPacketLifeTime(int milliseconds) {
    return new RTCDataChannelInit(ordered, milliseconds, maxRetransmits, protocol, negotiated, id);
  }

  public RTCDataChannelInit withMaxRetransmits(int count) {
    return new RTCDataChannelInit(ordered, maxPacketLifeTime, count, protocol, negotiated, id);
  }

  public RTCDataChannelInit withProtocol(String protocol) {
    return new RTCDataChannelInit(
        ordered, maxPacketLifeTime, maxRetransmits, protocol, negotiated, id);
  }

  /** Both sides create the channel with this id; nothing is announced in band. */
  public RTCDataChannelInit withNegotiatedId(int id) {
    return new RTCDataChannelInit(ordered, maxPacketLifeTime, maxRetransmits, protocol, true, id);
  }
}
