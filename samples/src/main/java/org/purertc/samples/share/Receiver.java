package org.purertc.samples.share;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.terminal.TransferReport;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferListener;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.transfer.TransferTarget;

/** Takes what a sender offers, over as many connections as it needs. */
final class Receiver {
  private final Rendezvous rendezvous;
  private final Supplier<TransferTarget> targets;
  private final Patience patience;
  private final Reporter reporter;
  private final TransferReport report;
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private @Nullable Attempt current;
  private volatile String path = "";

  /** What has begun is read once and cannot be asked for again. */
  private volatile boolean streaming;

  /**
   * Does nothing yet.
   *
   * @param targets one for each connection
   */
  Receiver(
      Rendezvous rendezvous,
      Supplier<TransferTarget> targets,
      Patience patience,
      Reporter reporter) {
    this.rendezvous = rendezvous;
    this.targets = targets;
    this.patience = patience;
    this.reporter = reporter;
    report = reporter.transfer("");
  }

  /**
   * Runs to the end.
   *
   * @throws IOException says in one line why not everything is here
   */
  TransferResult run(ReceiverOptions options) throws IOException {
    ReceiverOptions watched = options.withListener(new Progress());
    while (true) {
      try {
        TransferResult result = connect(watched);
        report.done(result, path);
        return result;
      } catch (TransferException e) {
        report.interrupted();
        long delayNs = streaming ? Patience.GIVE_UP : patience.delayNs(e, System.nanoTime());
        if (delayNs == Patience.GIVE_UP || waited(delayNs, e)) {
          throw e;
        }
      }
    }
  }

  private TransferResult connect(ReceiverOptions options) throws TransferException {
    TransferTarget target = targets.get();
    try (Attempt attempt = rendezvous.attempt(target, options)) {
      synchronized (this) {
        current = attempt;
      }
      if (interrupted.getCount() == 0) {
        throw new TransferException(FailureCode.LEFT, "interrupted");
      }
      return attempt.run(patience::onContact, this::onPath);
    } finally {
      target.close();
    }
  }

  private void onPath(String words) {
    path = words;
  }

  /** Whether the user interrupted it meanwhile. */
  private boolean waited(long delayNs, TransferException lost) {
    String seconds = String.format(Locale.ROOT, "%.1f", delayNs / 1e9);
    reporter.note(
        "retry",
        lost.reason() + "; trying again in " + seconds + " s",
        Map.of("reason", lost.reason(), "seconds", delayNs / 1e9));
    try {
      return interrupted.await(delayNs, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends it for this side's user; the sender hears. May be called from any thread. */
  void leave() {
    Attempt attempt;
    interrupted.countDown();
    synchronized (this) {
      attempt = current;
    }
    if (attempt != null) {
      attempt.leave();
    }
  }

  /** Tells the report, and patience that it pays. */
  private final class Progress implements TransferListener {
    private long mostBytes = -1;

    @Override
    public void onOffer(Manifest manifest) {
      report.onOffer(manifest);
    }

    @Override
    public void onStart(long alreadyBytes) {
      report.onStart(alreadyBytes);
    }

    @Override
    public void onFile(Entry entry) {
      streaming = entry.isStream();
      report.onFile(entry);
    }

    @Override
    public void onProgress(long bytesOfAll) {
      report.onProgress(bytesOfAll);
      if (bytesOfAll > mostBytes) {
        mostBytes = bytesOfAll;
        patience.onProgress();
      }
    }
  }
}
