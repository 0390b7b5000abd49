package org.purertc.samples.share;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.NetworkOptions;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.FailureCode;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.files.LocalTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code purertc receive}. */
@Command(
    name = "receive",
    mixinStandardHelpOptions = true,
    description = "Fetches the file behind a link of \"purertc send\".")
public final class ReceiveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "LINK", description = "http://HOST:PORT/CODE")
  private String link = "";

  @Option(names = "--dir", defaultValue = ".", description = "Where to put the file (default: .).")
  private Path directory = Path.of(".");

  @Option(names = "--force", description = "Replace a file of the same name.")
  private boolean force;

  @Option(
      names = "--loopback",
      description = "Candidates stay on 127.0.0.1: no traffic leaves this machine.")
  private boolean loopback;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    ShareLink from;
    try {
      from = ShareLink.parse(link);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    Reporter reporter =
        output.reporter(spec.commandLine().getOut(), spec.commandLine().getErr(), false);
    try {
      receive(from, reporter);
      return 0;
    } catch (IOException | CommandFailure e) {
      reporter.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void receive(ShareLink from, Reporter reporter) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new TransferException(FailureCode.OTHER, "no such directory: " + directory);
    }
    LocalTarget target = new LocalTarget(directory, force);
    try (PeerConnectionFactory factory = NetworkOptions.peers(loopback, isLocal(from.host()));
        RTCPeerConnection peer = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      reporter.done(Reception.run(from, peer, target, reporter));
    } finally {
      target.close();
    }
  }

  private static boolean isLocal(String host) throws TransferException {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new TransferException(FailureCode.OTHER, "unknown host: " + host);
    }
  }
}
