package org.purertc.samples.signaling;

import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The JDK's client, as WebSockets need it. */
public final class WebClient {
  private WebClient() {}

  /**
   * A client that calls its listeners on the thread that reads; they must not block.
   *
   * <p>Else the end of a stream may be told to nobody: the JDK's WebSocket reads on while another
   * thread tells the listener of a message, and has no demand until that thread is back. An end of
   * the stream that it reads in between is an {@code InternalError} in its reader
   * (TransportImpl.acknowledgeReception, called by WebSocketImpl.onComplete; JDK 17 to 25),
   * whatever {@link java.net.http.WebSocket#request} asked for. Neither onClose nor onError is
   * called, and the socket stays open. On one thread there is no in between, except for the first
   * messages, which the thread that opened the socket may tell.
   *
   * @param tls whom to trust; null for whom this JVM trusts
   */
  public static HttpClient.Builder builder(@Nullable SSLContext tls) {
    HttpClient.Builder builder = HttpClient.newBuilder().executor(Runnable::run);
    return tls == null ? builder : builder.sslContext(tls);
  }
}
