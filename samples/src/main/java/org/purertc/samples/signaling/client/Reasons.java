package org.purertc.samples.signaling.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Says in one line why there is no connection. */
final class Reasons {
  private Reasons() {}

  static String of(URI uri, @Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    String where = uri.getAuthority();
    if (cause instanceof WebSocketHandshakeException it) {
      return where + " answered HTTP " + it.getResponse().statusCode();
    }
    if (cause instanceof ConnectException) {
      return "nobody answers at " + where;
    }
    if (cause instanceof SSLHandshakeException) {
      return "no trust in the certificate of "
          + where
          + " (--ca FILE names one to trust): "
          + cause.getMessage();
    }
    String message = cause instanceof IOException ? cause.getMessage() : String.valueOf(cause);
    return "cannot reach " + where + (message == null ? "" : ": " + message);
  }
}
