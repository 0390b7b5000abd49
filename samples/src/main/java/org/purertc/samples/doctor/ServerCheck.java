package org.purertc.samples.doctor;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceServer;
import org.purertc.samples.doctor.Observation.Bandwidth;
import org.purertc.samples.doctor.Observation.Server;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.JoinRequest;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.terminal.CommandFailure;

/** Enters a room of a PureRTC server, and takes the ICE servers that it tells. */
final class ServerCheck {
  private final RoomServer server;
  private final @Nullable String token;
  private @Nullable String refusal;
  private List<IceServer> iceServers = List.of();

  ServerCheck(RoomServer server, @Nullable String token) {
    this.server = server;
    this.token = token;
  }

  /** Enters a room that nobody else is in, and leaves it. */
  void join() {
    JoinRequest request = JoinRequest.of("doctor-" + UUID.randomUUID(), "doctor").withToken(token);
    try (SignalingChannel channel = SignalingChannel.join(server, request, message -> {})) {
      iceServers = channel.welcome().iceServers();
    } catch (SignalingUnavailableException e) {
      refusal = String.valueOf(e.getMessage());
    }
  }

  /** Those that the server tells its members. */
  List<IceServer> iceServers() {
    return iceServers;
  }

  /** Sends bytes to the server's own peer, if there is a server. */
  Server measure(PeerConnectionFactory factory, long limitMs) throws InterruptedException {
    String url = server.uri().toString();
    if (refusal != null) {
      return new Server(url, false, refusal, null);
    }
    RTCConfiguration.Builder builder = RTCConfiguration.builder();
    for (IceServer each : iceServers) {
      builder.iceServer(new RTCIceServer(each.urls(), each.username(), each.credential()));
    }
    try {
      Bandwidth bandwidth =
          EchoMeasurement.run(
              peerUri(),
              server.sslContext(),
              factory.createPeerConnection(builder.build()),
              limitMs);
      return new Server(url, true, null, bandwidth);
    } catch (CommandFailure e) {
      return new Server(url, true, e.getMessage(), null);
    }
  }

  /** Where the server's own peer is, docs/pages.md. */
  private URI peerUri() {
    String base = server.uri().toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
    String query =
        token == null ? "" : "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return URI.create(base + "/peer" + query);
  }
}
