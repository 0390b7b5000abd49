package org.purertc.samples.signaling.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.RedisAddress;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.rooms.RoomLimits;
import org.purertc.samples.tls.ServerCertificate;

/**
 * How a server is to be.
 *
 * @param host the address to listen on
 * @param certificate null for a server without TLS
 * @param token lets everybody who shows it into each room; null for no such token
 * @param tokenSecret signs tokens for one room each; null for no such tokens. Without either of
 *     them everybody may enter
 * @param allowedOrigins pages of other servers that may use this one, {@code *} for all
 * @param iceServers told to all members
 * @param turn makes credentials for each member; null for none
 * @param redis where this server meets others that have the same rooms; null for a server alone
 */
public record SignalingOptions(
    InetAddress host,
    @Nullable ServerCertificate certificate,
    @Nullable String token,
    @Nullable TokenSecret tokenSecret,
    Set<String> allowedOrigins,
    List<IceServer> iceServers,
    @Nullable TurnSecret turn,
    RoomLimits limits,
    @Nullable RedisAddress redis) {

  /** For this machine only, without a token. */
  public static final SignalingOptions DEFAULT =
      new SignalingOptions(
          InetAddress.getLoopbackAddress(),
          null,
          null,
          null,
          Set.of(),
          List.of(),
          null,
          RoomLimits.DEFAULT,
          null);

  public SignalingOptions withHost(InetAddress other) {
    return new SignalingOptions(
        other, certificate, token, tokenSecret, allowedOrigins, iceServers, turn, limits, redis);
  }

  public SignalingOptions withCertificate(@Nullable ServerCertificate other) {
    return new SignalingOptions(
        host, other, token, tokenSecret, allowedOrigins, iceServers, turn, limits, redis);
  }

  /** Whether a member with this token is let into the room. */
  public boolean admits(String room, @Nullable String shown) {
    return new ConfiguredHost(this).admit(room, shown) != null;
  }

  public SignalingOptions withToken(@Nullable String other) {
    return new SignalingOptions(
        host, certificate, other, tokenSecret, allowedOrigins, iceServers, turn, limits, redis);
  }

  public SignalingOptions withTokenSecret(@Nullable TokenSecret other) {
    return new SignalingOptions(
        host, certificate, token, other, allowedOrigins, iceServers, turn, limits, redis);
  }

  public SignalingOptions withAllowedOrigins(Set<String> other) {
    return new SignalingOptions(
        host, certificate, token, tokenSecret, other, iceServers, turn, limits, redis);
  }

  public SignalingOptions withIceServers(List<IceServer> other) {
    return new SignalingOptions(
        host, certificate, token, tokenSecret, allowedOrigins, other, turn, limits, redis);
  }

  public SignalingOptions withTurn(@Nullable TurnSecret other) {
    return new SignalingOptions(
        host, certificate, token, tokenSecret, allowedOrigins, iceServers, other, limits, redis);
  }

  public SignalingOptions withLimits(RoomLimits other) {
    return new SignalingOptions(
        host, certificate, token, tokenSecret, allowedOrigins, iceServers, turn, other, redis);
  }

  public SignalingOptions withRedis(@Nullable RedisAddress other) {
    return new SignalingOptions(
        host, certificate, token, tokenSecret, allowedOrigins, iceServers, turn, limits, other);
  }
}
