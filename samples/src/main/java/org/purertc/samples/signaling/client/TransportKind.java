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
  /** Socket.IO, over a WebSocket. */
  SOCKET_IO {
    @Override
    Transport over(HttpClient client, URI server) {
      return new SocketIoTransport(client, server);
    }
  },
  /** Server-Sent Events, and POST to send. */
  EVENT_STREAM {
    @Override
    Transport over(HttpClient client, URI server) {
      return new EventStreamTransport(client, server);
    }
  },
  /** Comet: a GET that is answered as soon as there is something, again and again; POST to send. */
  LONG_POLLING {
    @Override
    Transport over(HttpClient client, URI server) {
      return new PollingTransport(client, server, PollingTransport.Rhythm.LONG);
    }
  },
  /** A GET four times a second, and POST to send. */
  SHORT_POLLING {
    @Override
    Transport over(HttpClient client, URI server) {
      return new PollingTransport(client, server, PollingTransport.Rhythm.SHORT);
    }
  },
  /**
   * Requests and responses: POST to send and a GET after it; while nothing is said, one a while.
   */
  HTTP {
    @Override
    Transport over(HttpClient client, URI server) {
      return new PollingTransport(client, server, PollingTransport.Rhythm.AFTER_SENDING);
    }
  };

  abstract Transport over(HttpClient client, URI server);
}
