package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;

/**
 * Server-Sent Events (HTML 9.2). Written without blocking: a reader that does not read holds no
 * thread, only its own session's log.
 */
final class EventStream extends Carrier implements WriteListener {
  private static final String COMMENT = ":\n\n";

  private final RoomThread thread;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable ServletOutputStream out;

  /** What waits until the stream takes some again; first something that makes the head leave. */
  private byte @Nullable [] waiting = COMMENT.getBytes(UTF_8);

  private boolean flushed;

  EventStream(RoomThread thread, OpenCarriers open) {
    super(thread, open);
    this.thread = thread;
    startBusy();
  }

  /** Answers a request with a stream that stays open. */
  void answer(Context context) throws IOException {
    context.res().setStatus(200);
    context.res().setContentType("text/event-stream");
    context.res().setCharacterEncoding("UTF-8");
    context.res().setHeader("Cache-Control", "no-store, no-transform");
    // No-transform: a proxy that compresses holds back what it compresses. The other asks nginx to
    // hand events on as they come.
    context.res().setHeader("X-Accel-Buffering", "no");
    AsyncContext begun = context.req().startAsync();
    begun.setTimeout(0);
    ServletOutputStream stream = begun.getResponse().getOutputStream();
    thread.tell(() -> out = stream);
    stream.setWriteListener(this);
    context.future(() -> ended);
  }

  @Override
  public void onWritePossible() {
    thread.tell(this::write);
  }

  @Override
  public void onError(Throwable failure) {
    lost();
    ended.complete(null);
  }

  @Override
  void carry(String text, long id) {
    // A line break in JSON is always escaped: the message is one line.
    put((id == 0 ? "" : "id: " + id + "\n") + "data: " + text + "\n\n");
  }

  @Override
  boolean keepAlive() {
    put(COMMENT);
    return true;
  }

  private void put(String text) {
    waiting = text.getBytes(UTF_8);
    flushed = false;
    write();
  }

  private void write() {
    ServletOutputStream to = out;
    try {
      while (to != null && to.isReady()) {
        byte[] bytes = waiting;
        if (bytes != null) {
          waiting = null;
          to.write(bytes);
        } else if (!flushed) {
          flushed = true;
          to.flush();
        } else {
          carried();
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      onError(e);
    }
  }

  @Override
  void close(@Nullable ErrorCode reason) {
    abort();
  }

  @Override
  void abort() {
    ended.complete(null);
  }
}
