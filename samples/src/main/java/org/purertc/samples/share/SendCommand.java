package org.purertc.samples.share;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.samples.signaling.mesh.RoomMesh;
import org.purertc.samples.terminal.ByteRate;
import org.purertc.samples.terminal.CommandFailure;
import org.purertc.samples.terminal.NetworkOptions;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.RateLimit;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferSource;
import org.purertc.samples.transfer.files.LocalTree;
import org.purertc.samples.transfer.files.StandardInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code purertc send}. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = {
      "Offers files and directories, by a link or in a room, for \"purertc receive\" or a browser.",
      "Until the transfer is done, the same command opens the same link again.",
      "With --server and --room it offers them to whoever is in that room instead."
    })
public final class SendCommand implements Callable<Integer> {
  private static final String STDIN = "-";

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files and directories, or - for standard input.")
  private List<String> paths = List.of();

  @Option(
      names = "--name",
      defaultValue = "stdin",
      description = "What standard input is called at the receiver (default: ${DEFAULT-VALUE}).")
  private String name = "stdin";

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave out what fits: *.o at any depth, build/ for directories, /top.")
  private List<String> excludes = List.of();

  @Option(names = "--port", defaultValue = "0", description = "HTTP port (default: any free one).")
  private int port;

  @Option(names = "--many", description = "Serve any number of receivers, until Ctrl-C.")
  private boolean many;

  @Option(
      names = "--limit",
      paramLabel = "RATE",
      converter = ByteRate.class,
      description = "At most so many bytes a second, over all receivers: 500k, 10M.")
  private long limit;

  @Option(names = "--new-link", description = "Forget the link of an unfinished transfer.")
  private boolean newLink;

  @Mixin private final RoomChoice choice = new RoomChoice();
  @Mixin private final NetworkOptions network = new NetworkOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ExitCodes exitCodes = new ExitCodes();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Reporter reporter = output.reporter(spec.commandLine().getOut(), err, many);
    try {
      send(sources(), reporter);
      return 0;
    } catch (IOException | CommandFailure e) {
      throw exitCodes.ended(e, reporter);
    }
  }

  private boolean isStdin() {
    return paths.contains(STDIN);
  }

  private Supplier<TransferSource> sources() {
    if (isStdin()) {
      if (paths.size() > 1 || many || !excludes.isEmpty()) {
        throw wrong("standard input goes alone, to one receiver");
      }
      TransferSource stdin = new StandardInput(System.in, name);
      return () -> stdin;
    }
    List<Path> named = paths.stream().map(Path::of).toList();
    try {
      LocalTree.of(named, excludes);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    return () -> LocalTree.of(named, excludes);
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private void send(Supplier<TransferSource> sources, Reporter reporter) throws IOException {
    // Also tells before there is a link what cannot be sent.
    TransferSource first = sources.get();
    Manifest manifest = first.scan();
    if (first instanceof LocalTree tree) {
      tree.leftOut()
          .forEach(line -> reporter.note("left-out", "left out: " + line, Map.of("what", line)));
    }
    MeetingRoom room = choice.room();
    if (room != null) {
      reporter.offer(manifest);
      offer(room, new ShareOffer(sources, terms(null), reporter), manifest, reporter);
      return;
    }
    try (SenderLink link =
        isStdin()
            ? SenderLink.temporary(reporter)
            : SenderLink.lasting(words(), newLink, reporter)) {
      reporter.offer(manifest);
      serve(link, new ShareOffer(sources, terms(link.secret()), reporter), manifest, reporter);
    }
  }

  private ShareOffer.Terms terms(@Nullable LinkSecret secret) {
    RateLimit rate = limit == 0 ? RateLimit.unlimited() : RateLimit.of(limit);
    return new ShareOffer.Terms(secret, many, !isStdin(), rate);
  }

  private void offer(MeetingRoom room, ShareOffer offer, Manifest manifest, Reporter reporter)
      throws IOException {
    if (port != 0 || newLink) {
      throw wrong("--port and --new-link are for links, and a room needs none");
    }
    try (PeerConnectionFactory factory = network.peers(room.host());
        RoomMesh mesh = room.join(factory, new RoomOffer(offer, reporter))) {
      reporter.stage("in room " + room.name() + " as " + mesh.member());
      String command = "purertc receive --server " + room.server().uri() + " --room " + room.name();
      print(
          "room",
          command,
          Map.of("server", room.server().toString(), "room", room.name()),
          manifest,
          reporter);
      Interruption.during(() -> await(offer), () -> leave(offer, mesh));
    }
  }

  private static void leave(ShareOffer offer, RoomMesh room) {
    offer.leave();
    room.close();
  }

  /** What makes two runs of the command the same transfer. */
  private List<String> words() {
    List<String> words = new ArrayList<>(excludes);
    words.add("");
    paths.forEach(path -> words.add(Path.of(path).toAbsolutePath().normalize().toString()));
    return words;
  }

  private void serve(SenderLink link, ShareOffer offer, Manifest manifest, Reporter reporter)
      throws IOException {
    InetAddress host = network.host(NetworkOptions.firstAddress());
    try (PeerConnectionFactory factory = network.peers(host);
        ShareServer server =
            link.serve(
                port,
                at ->
                    ShareServer.start(
                        host,
                        at,
                        link.room(),
                        offer,
                        () -> factory.createPeerConnection(RTCConfiguration.DEFAULT)))) {
      String url = link.at(network.url(host, server.port())).url();
      print("link", url, Map.of("url", url), manifest, reporter);
      Interruption.during(() -> await(offer), offer::leave);
      link.forget();
    }
  }

  /** How to get it is the command's result: the only thing on standard output. */
  private void print(
      String kind, String line, Map<String, Object> place, Manifest manifest, Reporter reporter) {
    if (output.json()) {
      Map<String, Object> fields = new LinkedHashMap<>(place);
      fields.put("name", manifest.title());
      fields.put("files", manifest.files());
      fields.put("size", Math.max(0, manifest.bytes()));
      reporter.note(kind, line, fields);
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }

  private static void await(ShareOffer offer) throws TransferException {
    try {
      offer.done().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TransferException it) {
        throw it;
      }
      throw e;
    }
  }
}
