package org.purertc.samples.feed;

import java.io.PrintWriter;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingUnavailableException;
import org.purertc.samples.signaling.client.RoomOptions;
import org.purertc.samples.signaling.client.SignalingChannel;
import org.purertc.samples.terminal.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code purertc feed}. */
@Command(
    name = "feed",
    mixinStandardHelpOptions = true,
    description = {
      "Feeds a room with made-up prices and notifications, for the ticker page of \"purertc"
          + " serve\".",
      "docs/ticker.md describes the messages."
    })
public final class FeedCommand implements Callable<Integer> {
  private static final int MAX_PER_SECOND = 20_000;

  /** A client keeps to 40 messages a second, of which notifications and newcomers need some. */
  private static final int LEAST_EVERY_MS = 40;

  @Parameters(paramLabel = "ROOM", description = "The room's name.")
  private String room = "";

  @Mixin private final RoomOptions options = new RoomOptions();

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "The signalling server (default: ${DEFAULT-VALUE}).")
  private URI server = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Updates a second (default: ${DEFAULT-VALUE}).")
  private int perSecond = 1_000;

  @Option(
      names = "--every",
      paramLabel = "MS",
      defaultValue = "50",
      description =
          "They travel in one message each so many milliseconds (default: ${DEFAULT-VALUE}).")
  private int everyMs = 50;

  @Option(
      names = "--symbols",
      paramLabel = "N",
      defaultValue = "24",
      description = "So many different prices (default: ${DEFAULT-VALUE}).")
  private int symbols = 24;

  @Option(names = "--seed", paramLabel = "N", description = "The same prices as another time.")
  private @Nullable Long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    require("--rate", perSecond, 1, MAX_PER_SECOND);
    require("--every", everyMs, LEAST_EVERY_MS, 1_000);
    require("--symbols", symbols, 1, Market.MAX_SYMBOLS);
    PrintWriter out = spec.commandLine().getOut();
    Long same = seed;
    Market market = new Market(symbols, same == null ? new Random() : new Random(same));
    try (Feed feed = new Feed(market, new Feed.Pace(perSecond, everyMs), line -> print(out, line));
        SignalingChannel channel = join(feed)) {
      // Ctrl-C and SIGTERM: the others see at once that this member is gone.
      Runtime.getRuntime().addShutdownHook(new Thread(channel::close, "purertc-feed-end"));
      feed.start(channel);
      print(out, "feeds " + room + " at " + server + "/ticker#" + room + "   (Ctrl-C ends it)");
      throw new CommandFailure("out of the room: " + feed.closed().join());
    } catch (CompletionException e) {
      throw new CommandFailure(String.valueOf(e.getCause()));
    }
  }

  private void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), name + " is " + value + ", but takes " + least + " to " + most);
    }
  }

  private SignalingChannel join(Feed feed) {
    try {
      return SignalingChannel.join(options.server(server), options.request(room, "Feed"), feed);
    } catch (SignalingUnavailableException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("no usable room or name: " + e.getMessage());
    }
  }

  private static synchronized void print(PrintWriter out, String line) {
    out.println(line.replaceAll("\\p{Cntrl}", " "));
    out.flush();
  }
}
