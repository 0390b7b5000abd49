package org.purertc.samples.bench;

import picocli.CommandLine.Command;

@Command(name = "bench")
public final class BenchCommand implements Runnable {
  @Override
  public void run() {}
}
