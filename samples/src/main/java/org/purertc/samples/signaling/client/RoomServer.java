package org.purertc.samples.signaling.client;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A signalling server, and how to reach it.
 *
 * @param uri such as {@code http://127.0.0.1:8080}
 * @param transport how messages are carried
 * @param sslContext whom to trust over https; null for whom this JVM trusts
 */
public record RoomServer(URI uri, TransportKind transport, @Nullable SSLContext sslContext) {

  /** A server by WebSocket, trusted as this JVM does. */
  public static RoomServer of(URI uri) {
    return new RoomServer(uri, TransportKind.WEB_SOCKET, null);
  }

  public RoomServer withTransport(TransportKind other) {
    return new RoomServer(uri, other, sslContext);
  }

  /** For a certificate that this JVM does not trust, such as one of {@code purertc serve --tls}. */
  public RoomServer withSslContext(@Nullable SSLContext other) {
    return new RoomServer(uri, transport, other);
  }
}
