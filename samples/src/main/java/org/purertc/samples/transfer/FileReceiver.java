package org.purertc.samples.transfer;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.TransferMessage.Accept;
import org.purertc.samples.transfer.TransferMessage.End;
import org.purertc.samples.transfer.TransferMessage.Failed;
import org.purertc.samples.transfer.TransferMessage.Fetch;
import org.purertc.samples.transfer.TransferMessage.Offer;
import org.purertc.samples.transfer.TransferMessage.Received;
import org.purertc.samples.transfer.TransferMessage.Verified;

/** The end that wants the file. */
public final class FileReceiver implements TransferEnd {
  /** The sender hears of each so many bytes; an eighth of its window keeps it moving. */
  static final long REPORT_BYTES = FileSender.WINDOW_BYTES / 8;

  private final TransferChannel channel;
  private final FileTarget target;
  private final TransferListener listener;
  private final boolean asks;
  private final CompletableFuture<TransferResult> result = new CompletableFuture<>();
  private final FileHash hash = new FileHash();
  private @Nullable Offer offer;
  private boolean finished;
  private long receivedBytes;
  private long reportedBytes;

  private FileReceiver(
      TransferChannel channel, FileTarget target, TransferListener listener, boolean asks) {
    this.channel = channel;
    this.target = target;
    this.listener = listener;
    this.asks = asks;
  }

  /** Opened the channel to get the file, and asks for it. */
  public static FileReceiver asking(
      TransferChannel channel, FileTarget target, TransferListener listener) {
    return new FileReceiver(channel, target, listener, true);
  }

  /** Waits for what the opener of the channel sends. */
  public static FileReceiver waiting(
      TransferChannel channel, FileTarget target, TransferListener listener) {
    return new FileReceiver(channel, target, listener, false);
  }

  @Override
  public CompletableFuture<TransferResult> result() {
    return result;
  }

  @Override
  public void onOpen() {
    if (asks) {
      channel.send(new Fetch(0).write());
    }
  }

  @Override
  public void onText(String text) {
    if (finished) {
      return;
    }
    try {
      take(TransferMessage.read(text));
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void take(TransferMessage message) throws IOException {
    if (message instanceof Offer it && offer == null) {
      begin(it);
    } else if (message instanceof End it && offer != null) {
      end(offer, it.sha256());
    } else if (message instanceof Failed it) {
      finish("the sender gave up: " + it.reason());
    } else {
      fail("the sender sent a message out of turn");
    }
  }

  private void begin(Offer it) throws IOException {
    if (it.bytes() < 0) {
      throw new TransferException("the sender named no size");
    }
    target.begin(it.name(), it.bytes());
    offer = it;
    listener.onStart(it.name(), it.bytes());
    channel.send(new Accept().write());
  }

  @Override
  public void onBinary(byte[] bytes) {
    if (finished) {
      return;
    }
    Offer expected = offer;
    if (expected == null || receivedBytes + bytes.length > expected.bytes()) {
      fail("the sender sent more bytes than it had named");
      return;
    }
    try {
      target.write(bytes);
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()));
      return;
    }
    hash.update(bytes, bytes.length);
    receivedBytes += bytes.length;
    if (receivedBytes - reportedBytes >= REPORT_BYTES || receivedBytes == expected.bytes()) {
      reportedBytes = receivedBytes;
      channel.send(new Received(receivedBytes).write());
      listener.onProgress(receivedBytes);
    }
  }

  private void end(Offer expected, String theirs) throws IOException {
    if (receivedBytes != expected.bytes()) {
      throw new TransferException("the sender ended after " + receivedBytes + " bytes");
    }
    String ours = hash.hex();
    if (!ours.equals(theirs)) {
      throw new TransferException("the SHA-256 differs: ours " + ours + ", the sender's " + theirs);
    }
    target.commit();
    finished = true;
    channel.send(new Verified(ours).write());
    result.complete(new TransferResult(expected.name(), expected.bytes(), ours));
  }

  @Override
  public void onWritable() {}

  @Override
  public String other() {
    return "the sender";
  }

  @Override
  public void onLost(String reason) {
    finish(reason);
  }

  /** Tells the other side, too. */
  private void fail(String reason) {
    if (!finished) {
      channel.send(new Failed(reason).write());
      finish(reason);
    }
  }

  private void finish(String reason) {
    if (finished) {
      return;
    }
    finished = true;
    target.discard();
    result.completeExceptionally(new TransferException(reason));
  }
}
