package org.purertc.samples.share;

import java.io.IOException;

/** A user who interrupts the program gets a decent end: the other side hears of it. */
final class Interruption {

  /** What may be interrupted. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private Interruption() {}

  /** Works; runs {@code farewell}, which is quick, when the JVM is told to end meanwhile. */
  static void during(Work work, Runnable farewell) throws IOException {
    Thread hook = new Thread(farewell, "purertc-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }
}
