package org.purertc.samples.share;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.NetworkOptions;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.files.LocalTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code purertc send}. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Offers a file by a link, for \"purertc receive\" or a browser.")
public final class SendCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The file to send.")
  private @Nullable Path file;

  @Option(names = "--port", defaultValue = "0", description = "HTTP port (default: any free one).")
  private int port;

  @Option(names = "--many", description = "Serve any number of receivers, until Ctrl-C.")
  private boolean many;

  @Mixin private final NetworkOptions network = new NetworkOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Reporter reporter = output.reporter(out, spec.commandLine().getErr(), many);
    try {
      send(java.util.Objects.requireNonNull(file), out, reporter);
      return 0;
    } catch (IOException | CommandFailure e) {
      reporter.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void send(Path path, PrintWriter out, Reporter reporter) throws IOException {
    InetAddress host = network.host(NetworkOptions.firstAddress());
    ShareCode code = ShareCode.random();
    Manifest manifest = LocalTree.of(List.of(path), List.of()).scan();
    FileOffer offer =
        new FileOffer(manifest, () -> LocalTree.of(List.of(path), List.of()), many, reporter);
    try (PeerConnectionFactory factory = network.peers(host);
        ShareServer server =
            ShareServer.start(
                host,
                port,
                code,
                offer,
                () -> factory.createPeerConnection(RTCConfiguration.DEFAULT))) {
      String link = network.url(host, server.port()) + "/" + code.text();
      if (output.json()) {
        reporter.note(
            "link", link, Map.of("url", link, "name", manifest.title(), "size", manifest.bytes()));
      } else {
        out.println(link);
        out.flush();
      }
      offer.done().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new CommandFailure(String.valueOf((cause == null ? e : cause).getMessage()));
    }
  }
}
