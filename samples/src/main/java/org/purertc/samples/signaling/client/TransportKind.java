package org.purertc.samples.signaling.client;

import java.net.URI;
import java.net.http.HttpClient;

/** How messages are carried. */
public enum TransportKind {
  WEB_SOCKET {
    @Override
    Transport over(HttpClient client, URI server) {
      return new WebSocketTransport(client, server);
    }
  },
  /** Server-Sent Events, and POST to send. */
  EVENT_STREAM {
    @Override
    Transport over(HttpClient client, URI server) {
      return new EventStreamTransport(client, server);
    }
  },
  /** GET again and again, and POST to send. */
  HTTP {
    @Override
    Transport over(HttpClient client, URI server) {
      return new PollingTransport(client, server);
    }
  };

  abstract Transport over(HttpClient client, URI server);
}
