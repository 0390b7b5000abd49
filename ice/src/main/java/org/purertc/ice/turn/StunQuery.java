package org.purertc.ice.turn;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.internal.ServerRequest;
import org.purertc.ice.internal.TransactionId;
import org.purertc.ice.io.Loop;

/**
 * Asks a STUN server which address it sees, RFC 8445 section 5.1.1.2, and keeps the mapping of the
 * NAT alive from then on. Datagrams and time in, datagrams and a deadline out.
 */
public final class StunQuery {

  /** RFC 8445 section 14.1: Tr, the least interval of keep-alives. */
  static final long KEEP_ALIVE_NS = 15_000_000_000L;

  /** Who hears of the answer; called once at most for each question. */
  public interface Listener {
    void onMapped(InetSocketAddress mapped);

    void onFailed(ServerError error);
  }

  private final ServerCodec codec;
  private final ServerPath path;
  private final RandomGenerator random;
  private final StunClient client;
  private final Listener listener;
  private long keepAliveNs = Loop.NEVER;

  public StunQuery(ServerCodec codec, ServerPath path, RandomGenerator random, Listener listener) {
    this.codec = codec;
    this.path = path;
    this.random = random;
    this.listener = listener;
    client = new StunClient(codec, path, null, random);
  }

  /** Asks; once more when the answer is there, which may be another one by now. */
  public void start(long nowNs) {
    client.send(ServerRequest.binding(), new Answer(), nowNs);
  }

  /** Takes a message of the server; returns whether it is the answer. */
  public boolean receive(ServerMessage message, long nowNs) {
    return client.receive(message, nowNs);
  }

  /** Whether an answer is still awaited. */
  public boolean isPending() {
    return !client.isIdle();
  }

  public long nextDeadlineNs() {
    return Math.min(client.nextDeadlineNs(), keepAliveNs);
  }

  public void onDeadline(long nowNs) {
    client.onDeadline(nowNs);
    if (nowNs >= keepAliveNs) {
      keepAliveNs = nowNs + KEEP_ALIVE_NS;
      byte[] message = codec.encodeKeepAlive(TransactionId.random(random));
      path.send(message, 0, message.length);
    }
  }

  /** Asks and sends nothing more; the listener hears nothing more. */
  public void close() {
    client.clear();
    keepAliveNs = Loop.NEVER;
  }

  private final class Answer implements StunClient.Outcome {

    @Override
    public void onSuccess(ServerMessage response, long nowNs) {
      InetSocketAddress mapped = response.mapped();
      if (mapped == null) {
        listener.onFailed(ServerError.unreachable("the server's answer has no mapped address"));
      } else {
        keepAliveNs = nowNs + KEEP_ALIVE_NS;
        listener.onMapped(mapped);
      }
    }

    @Override
    public void onError(ServerError error, @Nullable ServerMessage response, long nowNs) {
      listener.onFailed(error);
    }
  }
}
