package org.purertc.samples.echo;

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

/** {@code purertc echo-bot}. */
@Command(
    name = "echo-bot",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a page whose camera and microphone come back from Java, encoded as they were sent.",
      "A browser gives camera and microphone only to pages of this machine or of https."
    })
public final class EchoBotCommand implements Callable<Integer> {

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "HTTP port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetAddress host = network.host(NetworkOptions.loopbackAddress());
    try (PeerConnectionFactory factory = network.peers(host);
        EchoServer server =
            EchoServer.start(
                host, port, () -> factory.createPeerConnection(RTCConfiguration.DEFAULT))) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("PureRTC echo bot: " + network.url(host, server.port()) + "/   (Ctrl-C ends it)");
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
