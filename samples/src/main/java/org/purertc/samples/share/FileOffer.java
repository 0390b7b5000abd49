package org.purertc.samples.share;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.FileReceiver;
import org.purertc.samples.transfer.FileSender;
import org.purertc.samples.transfer.FileTarget;
import org.purertc.samples.transfer.LocalFile;
import org.purertc.samples.transfer.SerialEnd;
import org.purertc.samples.transfer.TransferEnd;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferListener;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.web.Visit;
import org.purertc.samples.web.VisitListener;

/** One file for one receiver, or for many: who has it, who gets it now, and when it is done. */
final class FileOffer implements VisitListener {
  private final LocalFile file;
  private final boolean many;
  private final Reporter reporter;
  private final Map<Visit, Delivery> deliveries = new ConcurrentHashMap<>();
  private final CompletableFuture<TransferResult> done = new CompletableFuture<>();
  private boolean taken;

  FileOffer(LocalFile file, boolean many, Reporter reporter) {
    this.file = file;
    this.many = many;
    this.reporter = reporter;
  }

  String name() {
    return file.name();
  }

  long bytes() {
    return file.bytes();
  }

  /** Whether another receiver has to be turned away. */
  synchronized boolean isTaken() {
    return taken && !many;
  }

  /** Completes when the one receiver has the file or was lost; with {@code many} never. */
  CompletableFuture<TransferResult> done() {
    return done;
  }

  @Override
  public void onVisit(Visit visit) {
    synchronized (this) {
      if (isTaken()) {
        visit.fail("the sender is serving another receiver");
        visit.end();
        return;
      }
      taken = true;
    }
    Delivery delivery = new Delivery();
    deliveries.put(visit, delivery);
    visit.peer().onDataChannel(channel -> deliver(visit, delivery, channel));
  }

  private void deliver(Visit visit, Delivery delivery, RTCDataChannel channel) {
    if (!channel.protocol().equals(FileChannels.PROTOCOL)) {
      channel.close();
      return;
    }
    FileChannels.serve(
        visit.peer(),
        channel,
        (link, wish) -> {
          TransferEnd end = new SerialEnd(new FileSender(link, file, delivery));
          delivery.end = end;
          var unused = end.result().whenComplete((result, lost) -> ended(delivery, result, lost));
          return end;
        },
        link -> FileReceiver.waiting(link, FileTarget.discarding(0), TransferListener.NONE));
  }

  private void ended(Delivery delivery, @Nullable TransferResult result, @Nullable Throwable lost) {
    if (result != null) {
      reporter.done(result);
      if (!many) {
        done.complete(result);
      }
      return;
    }
    String reason = lost == null ? "unknown" : String.valueOf(lost.getMessage());
    if (delivery.started && !many) {
      done.completeExceptionally(new TransferException("receiver: " + reason));
    } else {
      reporter.note(
          "refused", "a receiver got nothing (" + reason + "), waiting", Map.of("reason", reason));
      release();
    }
  }

  private synchronized void release() {
    taken = false;
  }

  @Override
  public void onLeft(Visit visit) {
    Delivery delivery = deliveries.remove(visit);
    if (delivery == null) {
      return;
    }
    TransferEnd end = delivery.end;
    if (end == null) {
      release();
    } else {
      end.onLost("it left before the end");
    }
  }

  /** What one receiver got so far. */
  private final class Delivery implements TransferListener {
    private volatile @Nullable TransferEnd end;
    private volatile boolean started;

    @Override
    public void onStart(String name, long bytes) {
      started = true;
      reporter.onStart(name, bytes);
    }

    @Override
    public void onProgress(long bytes) {
      reporter.onProgress(bytes);
    }
  }
}
