package org.purertc.samples.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.samples.terminal.NetworkOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code purertc demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Serves a page on which a browser and a Java peer talk by a data channel.")
public final class DemoCommand implements Callable<Integer> {

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "HTTP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetAddress host = network.host(InetAddress.getByName("127.0.0.1"));
    try (PeerConnectionFactory factory = network.peers(host);
        DemoServer server =
            DemoServer.start(
                host, port, () -> factory.createPeerConnection(RTCConfiguration.DEFAULT))) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("PureRTC demo: " + network.url(host, server.port()) + "/   (Ctrl-C ends it)");
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
