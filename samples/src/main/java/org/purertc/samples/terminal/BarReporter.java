package org.purertc.samples.terminal;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferResult;

/** A progress bar on a terminal: bytes, MB/s, time left. */
final class BarReporter extends LineReporter {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int NAME_CHARS = 24;

  private final PrintWriter err;
  private String name = "";
  private long bytes;
  private @Nullable ProgressBar bar;

  BarReporter(PrintWriter err) {
    super(err);
    this.err = err;
  }

  @Override
  public void note(String event, String text, Map<String, ?> fields) {
    end();
    super.note(event, text, fields);
  }

  @Override
  public void onOffer(Manifest manifest) {
    super.onOffer(manifest);
    name = manifest.title();
    bytes = manifest.bytes();
  }

  @Override
  public void onStart(long alreadyBytes) {
    super.onStart(alreadyBytes);
    if (bytes <= 0) {
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(name.length() <= NAME_CHARS ? name : name.substring(0, NAME_CHARS) + "…")
            .setInitialMax(bytes)
            .setUnit(" MB", 1_000_000)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setStyle(unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            // Our own consumer, with a width: the library's would ask the terminal by native code.
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns() - 1))
            .build();
  }

  @Override
  public void onProgress(long bytesOfAll) {
    ProgressBar current = bar;
    if (current != null) {
      current.stepTo(bytesOfAll);
    }
  }

  @Override
  public void done(TransferResult result) {
    end();
    super.done(result);
  }

  @Override
  public void failed(String reason) {
    end();
  }

  private void end() {
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
}
