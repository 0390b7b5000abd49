package org.purertc.samples.terminal;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.TransferResult;

/** A progress bar on a terminal, for one transfer at a time: bytes, MB/s, time left. */
final class BarReporter extends LineReporter {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int NAME_CHARS = 24;

  private final PrintWriter err;
  private @Nullable ProgressBar bar;

  BarReporter(PrintWriter err, boolean verbose) {
    super(err, verbose);
    this.err = err;
  }

  /** A line ends the bar; progress after it begins a new one. */
  @Override
  void line(String text) {
    end();
    super.line(text);
  }

  @Override
  public TransferReport transfer(String receiver) {
    return new Report(receiver);
  }

  @Override
  public void failed(String reason, int exitCode) {
    end();
  }

  private synchronized void show(Tally tally) {
    if (bar == null) {
      bar = make(tally);
    }
    bar.stepTo(tally.bytes());
  }

  private ProgressBar make(Tally tally) {
    String name = tally.title();
    return new ProgressBarBuilder()
        .setTaskName(name.length() <= NAME_CHARS ? name : name.substring(0, NAME_CHARS) + "…")
        .setInitialMax(tally.manifest().bytes())
        .startsFrom(tally.bytes(), Duration.ZERO)
        .setUnit(" MB", 1_000_000)
        .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
        .setStyle(unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        // Our own consumer, with a width: the library's would ask the terminal by native code.
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns() - 1))
        .build();
  }

  private synchronized void end() {
    ProgressBar current = bar;
    bar = null;
    if (current != null) {
      current.close();
      err.println();
      err.flush();
    }
  }

  private void draw(String text) {
    err.print("\r" + text);
    err.flush();
  }

  private static boolean unicode() {
    return Charset.defaultCharset().name().startsWith("UTF");
  }

  /** Shells export it when asked; a narrower terminal than 80 columns is rare. */
  private static int columns() {
    String columns = System.getenv("COLUMNS");
    try {
      return columns == null ? DEFAULT_COLUMNS : Math.max(40, Integer.parseInt(columns));
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }

  /** Draws instead of writing a line every ten percent. */
  private final class Report extends LineReport {
    Report(String receiver) {
      super(BarReporter.this, receiver);
    }

    @Override
    public void onProgress(long bytesOfAll) {
      tally().progress(bytesOfAll);
      show(tally());
    }

    @Override
    public void interrupted() {
      end();
    }

    @Override
    public void done(TransferResult result, String path) {
      end();
      super.done(result, path);
    }
  }
}
