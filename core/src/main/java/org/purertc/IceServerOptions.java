package org.purertc;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.purertc.ice.IceServers;
import org.purertc.ice.turn.IceServer;
import org.purertc.ice.turn.ServerCredentials;
import org.purertc.ice.turn.ServerUrl;

/** Checks the servers of a configuration, W3C WebRTC section 4.4.1.6, "validate an ICE server". */
final class IceServerOptions {

  /** RFC 8489 section 14.3: USERNAME has fewer than 509 bytes. */
  private static final int MAX_USERNAME_CHARACTERS = 508;

  private final Executor blocking;

  /**
   * @param blocking runs what would block an event loop
   */
  IceServerOptions(Executor blocking) {
    this.blocking = blocking;
  }

  IceServers of(RTCConfiguration configuration) {
    List<IceServer> servers = new ArrayList<>();
    for (RTCIceServer server : configuration.iceServers()) {
      if (server.urls().isEmpty()) {
        throw new RTCException("SyntaxError", "an RTCIceServer without urls");
      }
      for (String url : server.urls()) {
        servers.add(checked(url, server));
      }
    }
    boolean relayOnly = configuration.iceTransportPolicy() == RTCIceTransportPolicy.RELAY;
    return new IceServers(servers, relayOnly, blocking, configuration.turnTls());
  }

  private static IceServer checked(String text, RTCIceServer server) {
    ServerUrl url;
    try {
      url = ServerUrl.parse(text);
    } catch (URISyntaxException e) {
      throw new RTCException("SyntaxError", "ICE server: " + e.getMessage());
    }
    return new IceServer(url, url.relays() ? credentials(text, server) : null);
  }

  private static ServerCredentials credentials(String url, RTCIceServer server) {
    String username = server.username();
    String credential = server.credential();
    if (username == null || credential == null) {
      throw new RTCException(
          "InvalidAccessError", "ICE server " + url + " needs a username and a credential");
    }
    if (username.length() > MAX_USERNAME_CHARACTERS) {
      throw new RTCException(
          "InvalidAccessError",
          "the username of ICE server " + url + " is longer than " + MAX_USERNAME_CHARACTERS);
    }
    return new ServerCredentials(username, credential);
  }
}
