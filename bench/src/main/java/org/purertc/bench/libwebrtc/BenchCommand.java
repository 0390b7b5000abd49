package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** The cases of {@code purertc bench} that compare peers, for the same harness. */
@Command(name = "bench", description = "Measures data channels of libwebrtc, for a harness.")
final class BenchCommand implements Callable<Integer> {
  private static final int SMALL_BYTES = 1_024;

  /** Which ends run here. */
  enum Role {
    both,
    offer,
    answer
  }

  @Option(names = "--role", defaultValue = "both", description = "both, offer or answer.")
  private Role role = Role.both;

  @Option(
      names = "--case",
      required = true,
      description = "throughput, msgrate, pingpong, connect or memory.")
  private String name = "";

  @Option(names = "--size", defaultValue = "16384", description = "Bytes of a message.")
  private int sizeBytes;

  @Option(names = "--warm", defaultValue = "2", description = "Seconds before measuring.")
  private double warmSeconds;

  @Option(names = "--secs", defaultValue = "10", description = "Seconds of measuring.")
  private double measureSeconds;

  @Option(names = "--count", defaultValue = "30", description = "Round trips, set-ups or pairs.")
  private int count;

  @Option(
      names = "--unmeasured",
      description = "So many before those (default: 200 round trips, 3 set-ups).")
  private @Nullable Integer unmeasured;

  @Option(names = "--high", description = "Bytes that may wait in the channel.")
  private @Nullable Long highWaterBytes;

  @Unmatched private @Nullable List<String> ignored;

  private final BenchLines lines = new BenchLines(System.out);

  @Override
  public Integer call() throws Exception {
    LibWebRtcFactory factory = new LibWebRtcFactory();
    if (name.equals("connect")) {
      lines.print(Pairs.connect(factory, unmeasured(3), count));
    } else if (name.equals("memory")) {
      lines.print(Pairs.memory(factory, count, lines));
    } else if (role == Role.both) {
      try (BenchPair pair = BenchPair.start(factory, traffic())) {
        lines.print(pair.measure());
      }
    } else {
      oneEnd(factory);
    }
    return 0;
  }

  private int unmeasured(int standard) {
    return unmeasured == null ? standard : unmeasured;
  }

  private Traffic traffic() {
    long high =
        highWaterBytes != null ? highWaterBytes : sizeBytes <= SMALL_BYTES ? 256 << 10 : 4 << 20;
    return switch (name) {
      case "throughput", "msgrate" ->
          new Flow(
              name,
              sizeBytes,
              high,
              new Flow.Window((long) (warmSeconds * 1e9), (long) (measureSeconds * 1e9)),
              lines);
      case "pingpong" -> new PingPong(sizeBytes, unmeasured(200), count);
      default -> throw new IllegalArgumentException("no case " + name);
    };
  }

  private void oneEnd(LibWebRtcFactory factory) throws Exception {
    BenchEnd.Out out = message -> lines.print(SignalingFormat.write(message));
    BenchEnd end =
        role == Role.offer
            ? BenchEnd.offerer(factory, out, traffic())
            : BenchEnd.answerer(factory, out, traffic());
    Thread reader = new Thread(() -> read(end), "standard input");
    reader.setDaemon(true);
    reader.start();
    end.offerIfOfferer();
    ObjectNode result = end.run();
    if (result != null) {
      lines.print(result);
    }
  }

  private static void read(BenchEnd end) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        SignalingMessage message = SignalingFormat.read(SignalingFormat.parse(line));
        if (message != null) {
          end.receive(message);
        }
      }
    } catch (Exception e) {
      System.err.println("libwebrtc bench: " + e.getMessage());
    }
  }
}
