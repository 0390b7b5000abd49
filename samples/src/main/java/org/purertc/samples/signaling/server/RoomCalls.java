package org.purertc.samples.signaling.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.Call;
import org.purertc.samples.signaling.cluster.CallAnswer;
import org.purertc.samples.signaling.cluster.Federation;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;

/** Has requests answered, here or where the room is. */
final class RoomCalls {
  private static final long ANSWER_LIMIT_SECONDS = 10;

  private final RoomThread thread;
  private final @Nullable Federation others;

  RoomCalls(RoomThread thread, @Nullable Federation others) {
    this.thread = thread;
    this.others = others;
  }

  CallAnswer answer(Call call) throws ProtocolException {
    Federation shared = others;
    return shared == null ? thread.ask(call::perform) : await(shared.call(call));
  }

  private static CallAnswer await(CompletableFuture<CallAnswer> answer) throws ProtocolException {
    try {
      return answer.get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException(ErrorCode.SHUTTING_DOWN, "the server is shutting down");
    } catch (TimeoutException e) {
      throw new ProtocolException(ErrorCode.SERVER_FULL, "the server is too busy");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProtocolException it) {
        throw it;
      }
      throw new CompletionException(e.getCause());
    }
  }
}
