package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletionException;

/** Both ends and what is between them, in virtual time. */
final class Session {
  final FakeChannel toReceiver = new FakeChannel();
  final FakeChannel toSender = new FakeChannel();
  final TransferSender sender;
  final TransferReceiver receiver;
  long nowNs = 1_000;
  int delivered;

  Session(TransferSource source, TransferTarget target) {
    this(source, target, SenderOptions.DEFAULT, ReceiverOptions.DEFAULT);
  }

  Session(
      TransferSource source,
      TransferTarget target,
      SenderOptions senderOptions,
      ReceiverOptions receiverOptions) {
    sender = new TransferSender(toReceiver, source, senderOptions);
    receiver = new TransferReceiver(toSender, target, receiverOptions);
  }

  /** The receiver opens the channel, and all goes on until nothing moves. */
  Session run() {
    receiver.onOpen(nowNs);
    while (step()) {
      // Each step delivers a message or lets time pass.
    }
    return this;
  }

  /** False when nothing is under way and nobody waits for a time. */
  boolean step() {
    boolean back = toSender.deliver(sender, nowNs);
    boolean forward = toReceiver.deliver(receiver, nowNs);
    delivered += (back ? 1 : 0) + (forward ? 1 : 0);
    sender.onReady(nowNs);
    receiver.onReady(nowNs);
    if (back || forward || !toSender.sent.isEmpty() || !toReceiver.sent.isEmpty()) {
      return true;
    }
    long wakeNs = Math.min(sender.wakeNs(), receiver.wakeNs());
    if (wakeNs == TransferEnd.NEVER) {
      return false;
    }
    nowNs = Math.max(nowNs, wakeNs);
    sender.onReady(nowNs);
    receiver.onReady(nowNs);
    return true;
  }

  /** The connection breaks: what is under way is gone. */
  void lose() {
    toReceiver.drain();
    toSender.drain();
    sender.onLost("the network is gone");
    receiver.onLost("the network is gone");
  }

  TransferResult arrived() {
    assertThat(receiver.result()).isCompleted();
    assertThat(sender.result()).isCompleted();
    assertThat(sender.result().join()).isEqualTo(receiver.result().join());
    return receiver.result().join();
  }

  static TransferException failure(TransferEnd end) {
    Throwable thrown = catchThrowable(() -> end.result().getNow(null));
    assertThat(thrown).as("result of the %s", end.role()).isInstanceOf(CompletionException.class);
    assertThat(thrown.getCause()).isInstanceOf(TransferException.class);
    return (TransferException) thrown.getCause();
  }
}
