package org.purertc.samples.signaling.server;

import io.javalin.websocket.WsContext;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;

/** One message in each text frame. */
final class WebSocketCarrier extends Carrier {
  private final Session socket;

  WebSocketCarrier(WsContext context, RoomThread thread, OpenCarriers open) {
    super(thread, open);
    socket = context.session;
  }

  @Override
  void carry(String text, long id) {
    socket.sendText(text, Callback.from(this::carried, failure -> lost()));
  }

  @Override
  void close(@Nullable ErrorCode reason) {
    socket.close(
        reason == null ? StatusCode.NORMAL : reason.closeCode(),
        reason == null ? "" : reason.word(),
        Callback.NOOP);
  }

  @Override
  void abort() {
    socket.disconnect();
  }
}
