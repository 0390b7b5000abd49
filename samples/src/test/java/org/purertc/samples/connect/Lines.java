package org.purertc.samples.connect;

import java.io.Reader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Lines that are written by any thread and read as standard input would be. */
final class Lines extends Reader {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private String current = "";
  private int at;

  void add(String line) {
    lines.add(line + "\n");
  }

  @Override
  public int read(char[] buffer, int offset, int length) {
    try {
      if (at == current.length()) {
        current = lines.take();
        at = 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
    int n = Math.min(length, current.length() - at);
    current.getChars(at, at + n, buffer, offset);
    at += n;
    return n;
  }

  @Override
  public void close() {}
}
