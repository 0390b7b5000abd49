package org.purertc;

import org.jspecify.annotations.Nullable;

/**
 * Options of a data channel. Immutable: each method returns a copy. Checked by {@link
 * RTCPeerConnection#createDataChannel(String, RTCDataChannelInit)}.
 *
 * @param ordered whether messages arrive in the order in which they were sent
 * @param maxPacketLifeTime milliseconds after which a message is given up, 0 to 65,535; null for
 *     never; excludes {@code maxRetransmits}
 * @param maxRetransmits how often a lost message is sent again, 0 to 65,535; null for no limit
 * @param protocol name of the subprotocol, empty for none
 * @param negotiated whether both sides create the channel with the same id
 * @param id 0 to 65,534; used only when negotiated
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcdatachannelinit">WebRTC 6.2,
 *     RTCDataChannelInit</a>
 */
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

  /** Whether messages arrive in the order in which they were sent. */
  public RTCDataChannelInit withOrdered(boolean ordered) {
    return new RTCDataChannelInit(
        ordered, maxPacketLifeTime, maxRetransmits, protocol, negotiated, id);
  }

  /** Gives a message up when it is older than this. */
  public RTCDataChannelInit withMaxPacketLifeTime(int milliseconds) {
    return new RTCDataChannelInit(ordered, milliseconds, maxRetransmits, protocol, negotiated, id);
  }

  /** Sends a lost message again at most so often. */
  public RTCDataChannelInit withMaxRetransmits(int count) {
    return new RTCDataChannelInit(ordered, maxPacketLifeTime, count, protocol, negotiated, id);
  }

  /** Names the subprotocol. */
  public RTCDataChannelInit withProtocol(String protocol) {
    return new RTCDataChannelInit(
        ordered, maxPacketLifeTime, maxRetransmits, protocol, negotiated, id);
  }

  /** Both sides create the channel with this id; nothing is announced in band. */
  public RTCDataChannelInit withNegotiatedId(int id) {
    return new RTCDataChannelInit(ordered, maxPacketLifeTime, maxRetransmits, protocol, true, id);
  }
}
