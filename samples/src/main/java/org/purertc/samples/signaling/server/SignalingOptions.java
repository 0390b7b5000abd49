package org.purertc.samples.signaling.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.rooms.RoomLimits;

/**
 * How a server is to be.
 *
 * @param host the address to listen on
 * @param token what everybody who enters a room has to show; null for nothing
 * @param allowedOrigins pages of other servers that may use this one, {@code *} for all
 * @param iceServers told to all members
 * @param turn makes credentials for each member; null for none
 */
public record SignalingOptions(
    InetAddress host,
    @Nullable String token,
    Set<String> allowedOrigins,
    List<IceServer> iceServers,
    @Nullable TurnSecret turn,
    RoomLimits limits) {

  /** For this machine only, without a token. */
  public static final SignalingOptions DEFAULT =
      new SignalingOptions(
          InetAddress.getLoopbackAddress(), null, Set.of(), List.of(), null, RoomLimits.DEFAULT);

  public SignalingOptions withHost(InetAddress other) {
    return new SignalingOptions(other, token, allowedOrigins, iceServers, turn, limits);
  }

  public SignalingOptions withToken(@Nullable String other) {
    return new SignalingOptions(host, other, allowedOrigins, iceServers, turn, limits);
  }

  public SignalingOptions withAllowedOrigins(Set<String> other) {
    return new SignalingOptions(host, token, other, iceServers, turn, limits);
  }

  public SignalingOptions withIceServers(List<IceServer> other) {
    return new SignalingOptions(host, token, allowedOrigins, other, turn, limits);
  }

  public SignalingOptions withTurn(@Nullable TurnSecret other) {
    return new SignalingOptions(host, token, allowedOrigins, iceServers, other, limits);
  }

  public SignalingOptions withLimits(RoomLimits other) {
    return new SignalingOptions(host, token, allowedOrigins, iceServers, turn, other);
  }
}
