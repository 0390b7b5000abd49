package org.purertc.samples.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.TransferMessage.Accept;
import org.purertc.samples.transfer.TransferMessage.End;
import org.purertc.samples.transfer.TransferMessage.Failed;
import org.purertc.samples.transfer.TransferMessage.Offer;
import org.purertc.samples.transfer.TransferMessage.Received;
import org.purertc.samples.transfer.TransferMessage.Verified;

/** The end that has the file. */
public final class FileSender implements TransferEnd {
  /** Bytes in a message: below the 65,536 that a peer takes which names no limit (RFC 8841). */
  public static final int CHUNK_BYTES = 32 << 10;

  /** No more than this waits in the channel. */
  static final long HIGH_WATER_BYTES = 1 << 20;

  /**
   * No more than this is under way without the receiver's word. A browser takes messages as fast as
   * they come, whatever its disk does, so the channel's own back-pressure is not enough.
   */
  static final long WINDOW_BYTES = 8 << 20;

  private enum State {
    OFFERING,
    SENDING,
    SENT,
    FINISHED
  }

  private final TransferChannel channel;
  private final FileSource source;
  private final TransferListener listener;
  private final CompletableFuture<TransferResult> result = new CompletableFuture<>();
  private final FileHash hash = new FileHash();
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private State state = State.OFFERING;
  private @Nullable InputStream in;
  private String sha256 = "";
  private long sentBytes;
  private long receivedBytes;

  public FileSender(TransferChannel channel, FileSource source, TransferListener listener) {
    this.channel = channel;
    this.source = source;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<TransferResult> result() {
    return result;
  }

  @Override
  public void onOpen() {
    channel.send(new Offer(source.name(), source.bytes()).write());
  }

  @Override
  public void onText(String text) {
    if (state == State.FINISHED) {
      return;
    }
    try {
      take(TransferMessage.read(text));
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void take(TransferMessage message) throws IOException {
    if (message instanceof Accept && state == State.OFFERING) {
      in = source.open();
      state = State.SENDING;
      listener.onStart(source.name(), source.bytes());
      pump();
    } else if (message instanceof Received it) {
      receivedBytes = Math.min(sentBytes, Math.max(receivedBytes, it.bytes()));
      listener.onProgress(receivedBytes);
      pump();
    } else if (message instanceof Verified it && state == State.SENT) {
      verified(it.sha256());
    } else if (message instanceof Failed it) {
      finish("the receiver gave up: " + it.reason());
    } else {
      fail("the receiver sent a message out of turn");
    }
  }

  @Override
  public void onBinary(byte[] bytes) {
    fail("the receiver sent bytes");
  }

  @Override
  public void onWritable() {
    try {
      pump();
    } catch (IOException e) {
      fail("cannot read " + source.name() + ": " + e.getMessage());
    }
  }

  private void pump() throws IOException {
    InputStream from = in;
    if (state != State.SENDING || from == null) {
      return;
    }
    int most = (int) Math.min(chunk.length, Math.max(1, channel.maxMessageBytes()));
    while (channel.bufferedAmount() < HIGH_WATER_BYTES
        && sentBytes - receivedBytes < WINDOW_BYTES) {
      long left = source.bytes() - sentBytes;
      if (left == 0) {
        end(from);
        return;
      }
      int n = from.readNBytes(chunk, 0, (int) Math.min(left, most));
      if (n == 0) {
        fail(source.name() + " became shorter while it was sent");
        return;
      }
      hash.update(chunk, n);
      channel.send(chunk, n);
      sentBytes += n;
    }
  }

  private void end(InputStream from) throws IOException {
    state = State.SENT;
    from.close();
    in = null;
    sha256 = hash.hex();
    channel.send(new End(sha256).write());
  }

  private void verified(String theirs) {
    if (!theirs.equals(sha256)) {
      finish("the receiver computed another SHA-256: " + theirs);
      return;
    }
    state = State.FINISHED;
    listener.onProgress(source.bytes());
    result.complete(new TransferResult(source.name(), source.bytes(), sha256));
    channel.close();
  }

  @Override
  public String other() {
    return "the receiver";
  }

  @Override
  public void onLost(String reason) {
    finish(reason);
  }

  /** Tells the other side, too. */
  private void fail(String reason) {
    if (state != State.FINISHED) {
      channel.send(new Failed(reason).write());
      finish(reason);
      channel.close();
    }
  }

  private void finish(String reason) {
    if (state == State.FINISHED) {
      return;
    }
    state = State.FINISHED;
    closeSource();
    result.completeExceptionally(new TransferException(reason));
  }

  private void closeSource() {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      in = null;
    }
  }
}
