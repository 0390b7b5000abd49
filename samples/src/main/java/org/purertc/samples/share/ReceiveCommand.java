package org.purertc.samples.share;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.samples.terminal.ByteRate;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.NetworkOptions;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.Approval;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.TransferTarget;
import org.purertc.samples.transfer.files.LocalTarget;
import org.purertc.samples.transfer.files.StandardOutput;
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
    description = {
      "Fetches what a link of \"purertc send\" offers, or somebody in a room (--server and"
          + " --room).",
      "It goes on by itself when the connection breaks; run again after an interruption, it goes on"
          + " where it stopped."
    })
public final class ReceiveCommand implements Callable<Integer> {
  private static final int RECEIVER_ID_BYTES = 9;

  /** Where {@code --to} may lead. */
  enum Output {
    STDOUT
  }

  @Parameters(
      paramLabel = "LINK",
      arity = "0..1",
      description = "http://HOST:PORT/ROOM#SECRET, or - to read the link from standard input.")
  private @Nullable String link;

  @Mixin private final RoomChoice choice = new RoomChoice();

  @Option(names = "--dir", defaultValue = ".", description = "Where to put things (default: .).")
  private Path directory = Path.of(".");

  @Option(
      names = "--to",
      paramLabel = "stdout",
      description = "Write the one file to standard output instead.")
  private @Nullable Output to;

  @Option(names = "--force", description = "Replace files of the same name.")
  private boolean force;

  @Option(names = "--ask", description = "Show what is offered and ask before taking it.")
  private boolean ask;

  @Option(
      names = "--limit",
      paramLabel = "RATE",
      converter = ByteRate.class,
      description = "At most so many bytes a second: 500k, 10M.")
  private long limit;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "How long to try when the sender is not there, busy or lost (default: not at all for the"
              + " first connection, two minutes for one that broke; in a room as long as it takes"
              + " until somebody offers something).")
  private @Nullable Integer waitSeconds;

  @Option(
      names = "--loopback",
      description = "Candidates stay on loopback: no traffic leaves this machine.")
  private boolean loopback;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ExitCodes exitCodes = new ExitCodes();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (to == Output.STDOUT && output.json()) {
      throw new ParameterException(
          spec.commandLine(), "--json and --to stdout both write to standard output: choose one");
    }
    if ((link == null) == (choice.room() == null)) {
      throw new ParameterException(
          spec.commandLine(), "a link, or --server and --room: one of the two says where");
    }
    PrintWriter err = spec.commandLine().getErr();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    MeetingRoom room = choice.room();
    ShareLink from = room == null ? link(in) : null;
    Reporter reporter = output.reporter(spec.commandLine().getOut(), err, false);
    Approval approval = ask ? new UserApproval(in, err) : Approval.YES;
    try {
      if (from != null) {
        receive(from, approval, reporter);
      } else if (room != null) {
        receive(room, approval, reporter);
      }
      return 0;
    } catch (IOException | CommandFailure e) {
      throw exitCodes.ended(e, reporter);
    }
  }

  private ShareLink link(BufferedReader in) throws IOException {
    String text = link == null ? "" : link;
    if (text.equals("-")) {
      String line = in.readLine();
      text = line == null ? "" : line;
    }
    try {
      return ShareLink.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), ExitCodes.WRONG_PLACE);
    }
  }

  private void receive(ShareLink from, Approval approval, Reporter reporter) throws IOException {
    try (PeerConnectionFactory factory = NetworkOptions.peers(loopback, isLocal(from.host()))) {
      Rendezvous rendezvous =
          (target, options) ->
              new Reception(
                  from,
                  factory.createPeerConnection(RTCConfiguration.DEFAULT),
                  target,
                  options,
                  reporter);
      Duration wish = wish();
      Patience patience = wish == null ? Patience.standard() : Patience.of(wish);
      run(rendezvous, patience, approval, reporter);
    }
  }

  private void receive(MeetingRoom room, Approval approval, Reporter reporter) throws IOException {
    boolean local = room.host().isLoopbackAddress();
    try (PeerConnectionFactory factory = NetworkOptions.peers(loopback, local)) {
      Duration wish = wish();
      run(
          new RoomRendezvous(room, factory, reporter, wish),
          wish == null ? Patience.inRoom() : Patience.of(wish),
          approval,
          reporter);
    }
  }

  private void run(Rendezvous rendezvous, Patience patience, Approval approval, Reporter reporter)
      throws IOException {
    ReceiverOptions options =
        ReceiverOptions.DEFAULT
            .withApproval(approval)
            .withLimit(limit)
            .withReceiverId(LinkSecret.base64(new SecureRandom(), RECEIVER_ID_BYTES));
    Receiver receiver = new Receiver(rendezvous, targets(), patience, reporter);
    Interruption.during(() -> receiver.run(options), receiver::leave);
  }

  private Supplier<TransferTarget> targets() {
    if (to == Output.STDOUT) {
      // One for all connections: what is written stays written.
      TransferTarget stdout = new StandardOutput(new FileOutputStream(FileDescriptor.out));
      return () -> stdout;
    }
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure("no such directory: " + directory, ExitCodes.TARGET);
    }
    return () -> new LocalTarget(directory, force);
  }

  /** What {@code --wait} says; null without it. */
  private @Nullable Duration wish() {
    Integer seconds = waitSeconds;
    return seconds == null ? null : Duration.ofSeconds(Math.max(0, seconds));
  }

  private static boolean isLocal(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new CommandFailure("unknown host: " + host, ExitCodes.NETWORK);
    }
  }
}
