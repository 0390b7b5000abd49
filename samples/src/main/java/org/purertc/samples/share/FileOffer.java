package org.purertc.samples.share;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.DiscardingTarget;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.SenderOptions;
import org.purertc.samples.transfer.SerialEnd;
import org.purertc.samples.transfer.TransferEnd;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferListener;
import org.purertc.samples.transfer.TransferReceiver;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.transfer.TransferSender;
import org.purertc.samples.transfer.TransferSource;
import org.purertc.samples.web.Visit;
import org.purertc.samples.web.VisitListener;

/** One file for one receiver, or for many: who has it, who gets it now, and when it is done. */
final class FileOffer implements VisitListener {
  private final Manifest manifest;
  private final Supplier<TransferSource> sources;
  private final boolean many;
  private final Reporter reporter;
  private final Map<Visit, Delivery> deliveries = new ConcurrentHashMap<>();
  private final CompletableFuture<TransferResult> done = new CompletableFuture<>();
  private boolean taken;

  FileOffer(Manifest manifest, Supplier<TransferSource> sources, boolean many, Reporter reporter) {
    this.manifest = manifest;
    this.sources = sources;
    this.many = many;
    this.reporter = reporter;
  }

  String name() {
    return manifest.title();
  }

  long bytes() {
    return manifest.bytes();
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
        (link, hello) -> {
          TransferEnd end =
              new SerialEnd(
                  new TransferSender(
                      link, sources.get(), SenderOptions.DEFAULT.withListener(delivery)));
          delivery.end = end;
          var unused = end.result().whenComplete((result, lost) -> ended(delivery, result, lost));
          return end;
        },
        (link, hello) ->
            new SerialEnd(
                new TransferReceiver(link, new DiscardingTarget(0), ReceiverOptions.DEFAULT)));
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
      done.completeExceptionally(new TransferException(FailureCode.OTHER, reason));
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
      end.onLost("the receiver left before the end");
    }
  }

  /** What one receiver got so far. */
  private final class Delivery implements TransferListener {
    private volatile @Nullable TransferEnd end;
    private volatile boolean started;

    @Override
    public void onOffer(Manifest offered) {
      reporter.onOffer(offered);
    }

    @Override
    public void onStart(long alreadyBytes) {
      started = true;
      reporter.onStart(alreadyBytes);
    }

    @Override
    public void onProgress(long bytes) {
      reporter.onProgress(bytes);
    }
  }
}
