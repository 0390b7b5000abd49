package org.purertc.samples.share;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.transfer.Approval;
import org.purertc.samples.transfer.Manifest;

/** Asks once for each offer, by a line on the terminal. */
final class UserApproval implements Approval {
  private final BufferedReader in;
  private final PrintWriter err;
  private Manifest approved = Manifest.of(List.of());

  UserApproval(BufferedReader in, PrintWriter err) {
    this.in = in;
    this.err = err;
  }

  @Override
  public synchronized CompletableFuture<Boolean> ask(Manifest manifest) {
    // The same offer on another connection was answered already.
    if (manifest.equals(approved)) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer.complete(read(manifest)), "purertc-ask");
    // A read of a terminal cannot be interrupted; it must not keep the program alive.
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private boolean read(Manifest manifest) {
    err.print("Take it? [y/N] ");
    err.flush();
    String line;
    try {
      line = in.readLine();
    } catch (IOException e) {
      return false;
    }
    if (!OutputOptions.isTerminal()) {
      // Nobody typed the end of this line.
      err.println();
    }
    boolean yes = line != null && line.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    if (yes) {
      synchronized (this) {
        approved = manifest;
      }
    }
    return yes;
  }
}
