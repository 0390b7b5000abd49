package org.purertc.samples.connect;

import picocli.CommandLine.Command;

@Command(name = "connect")
public final class ConnectCommand implements Runnable {
  @Override
  public void run() {}
}
