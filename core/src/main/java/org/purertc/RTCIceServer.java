package org.purertc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server.
 *
 * @param urls all of the same server, RFC 7064 and RFC 7065
 * @param username needed for TURN
 * @param credential the password; of a server with a REST interface the one made for the username
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtciceserver">WebRTC 4.2.4, RTCIceServer</a>
 */
public record RTCIceServer(
    List<String> urls, @Nullable String username, @Nullable String credential) {

  public RTCIceServer {
    urls = List.copyOf(urls);
  }

  @Override
  public String toString() {
    return "RTCIceServer[urls=" + urls + ", username=" + username + "]"; // never the credential
  }
}
