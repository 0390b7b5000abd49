package org.purertc.samples.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code purertc relay}. */
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    description = {
      "A bad network between two programs of this host: delays, jitters, drops, limits UDP.",
      "Give each peer the relay's port of its side as the only address of the other."
    })
public final class RelayCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SELF_TEST_BYTES = 1_200;
  private static final double SELF_TEST_SECONDS = 5;
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE}).";

  @Option(
      names = "--a",
      paramLabel = "ADDRESS:PORT",
      converter = RelayUnits.Endpoint.class,
      description = "Where peer A is; left out: the first who sends to A's port.")
  private @Nullable InetSocketAddress a;

  @Option(
      names = "--b",
      paramLabel = "ADDRESS:PORT",
      converter = RelayUnits.Endpoint.class,
      description = "The same for peer B.")
  private @Nullable InetSocketAddress b;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address of this host for both ports" + DEFAULT)
  private InetAddress listen = InetAddress.getLoopbackAddress();

  @Option(
      names = "--rtt",
      defaultValue = "0",
      converter = RelayUnits.Duration.class,
      description = "Round trip; each direction takes half, e.g. 50ms" + DEFAULT)
  private long rttNs;

  @Option(
      names = "--jitter",
      defaultValue = "0",
      converter = RelayUnits.Duration.class,
      description = "Up to so much more in each direction, e.g. 5ms" + DEFAULT)
  private long jitterNs;

  @Option(
      names = "--loss",
      defaultValue = "0%",
      converter = RelayUnits.Percent.class,
      description = "Share that is lost" + DEFAULT)
  private double loss;

  @Option(
      names = "--reorder",
      defaultValue = "0%",
      converter = RelayUnits.Percent.class,
      description = "Share that later ones overtake" + DEFAULT)
  private double reorder;

  @Option(
      names = "--duplicate",
      defaultValue = "0%",
      converter = RelayUnits.Percent.class,
      description = "Share that arrives twice" + DEFAULT)
  private double duplicate;

  @Option(
      names = "--rate",
      defaultValue = "0",
      converter = RelayUnits.BitRate.class,
      description = "Rate of each direction in UDP payload, e.g. 20mbit; 0: no limit" + DEFAULT)
  private long bitsPerSecond;

  @Option(
      names = "--queue",
      defaultValue = "256",
      description = "Datagrams that may wait for the rate, in each direction" + DEFAULT)
  private int queuePackets;

  @Option(names = "--seed", defaultValue = "1", description = "Of the chances" + DEFAULT)
  private long seed;

  @Option(names = "--seconds", description = "Ends by itself after this time.")
  private @Nullable Double seconds;

  @Option(names = "--json", description = "One JSON object a line on standard output.")
  private boolean json;

  @Option(
      names = "--self-test",
      description = "Floods itself and says how many datagrams a second pass on this machine.")
  private boolean selfTest;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Impairment impairment = impairment();
    LocalAddress.require("--listen", listen);
    if (selfTest) {
      double ceiling =
          new RelayCeiling(SELF_TEST_BYTES)
              .measure(listen, impairment, durationNs(SELF_TEST_SECONDS));
      print(out, ceiling(ceiling), String.format(Locale.ROOT, "%.0f datagrams/s", ceiling));
      return 0;
    }
    if (a != null) {
      LocalAddress.require("--a", a.getAddress());
    }
    if (b != null) {
      LocalAddress.require("--b", b.getAddress());
    }
    long durationNs = seconds == null ? Long.MAX_VALUE : durationNs(seconds);
    try (Relay relay = Relay.open(listen, new Relay.Peers(a, b), impairment, seed)) {
      relay(relay, durationNs, out);
    }
    return 0;
  }

  private void relay(Relay relay, long durationNs, PrintWriter out) throws IOException {
    CountDownLatch printed = new CountDownLatch(1);
    // Ctrl-C ends the relay as --seconds does: with its figures.
    Thread ending = new Thread(() -> end(relay, printed), "relay-end");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      InetSocketAddress forA = relay.addressForA();
      InetSocketAddress forB = relay.addressForB();
      ObjectNode ready = JSON.createObjectNode().put("type", "ready");
      ready.put("host", forA.getAddress().getHostAddress());
      ready.put("portA", forA.getPort()).put("portB", forB.getPort());
      print(
          out,
          ready,
          String.format(Locale.ROOT, "A sends to %s%nB sends to %s", text(forA), text(forB)));
      relay.run(durationNs);
      ObjectNode result = JSON.createObjectNode().put("type", "result");
      result.set("fromA", figures(relay.fromA()));
      result.set("fromB", figures(relay.fromB()));
      print(out, result, lines(result));
    } finally {
      printed.countDown();
      removeHook(ending);
    }
  }

  private static void removeHook(Thread ending) {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      // It runs: the hook is what ended the relay.
    }
  }

  private static void end(Relay relay, CountDownLatch printed) {
    relay.stop();
    try {
      printed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Impairment impairment() {
    try {
      return new Impairment(
          rttNs / 2,
          jitterNs,
          loss,
          reorder,
          duplicate,
          new Impairment.Bottleneck(bitsPerSecond, queuePackets, ImpairedLink.MAX_BYTES));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private long durationNs(double standard) {
    double asked = seconds == null ? standard : seconds;
    if (!(asked > 0 && asked <= 1e6)) {
      throw new ParameterException(spec.commandLine(), "--seconds is above 0, at most 1000000");
    }
    return (long) (asked * 1e9);
  }

  private void print(PrintWriter out, ObjectNode node, String text) {
    out.println(json ? node.toString() : text);
    out.flush();
  }

  private static ObjectNode ceiling(double datagramsPerSecond) {
    return JSON.createObjectNode()
        .put("type", "result")
        .put("datagramsPerSecond", Math.round(datagramsPerSecond))
        .put("datagramBytes", SELF_TEST_BYTES);
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static ObjectNode figures(LinkCounters counters) {
    return JSON.createObjectNode()
        .put("received", counters.received)
        .put("receivedBytes", counters.receivedBytes)
        .put("sent", counters.sent)
        .put("sentBytes", counters.sentBytes)
        .put("droppedByLoss", counters.droppedByLoss)
        .put("droppedByQueue", counters.droppedByQueue)
        .put("droppedByRelay", counters.droppedByRelay)
        .put("duplicated", counters.duplicated)
        .put("undeliverable", counters.undeliverable)
        .put("foreign", counters.foreign)
        .put("largestQueue", counters.largestQueue);
  }

  private static String lines(ObjectNode result) {
    StringBuilder lines = new StringBuilder("                        A to B       B to A");
    result
        .path("fromA")
        .properties()
        .forEach(
            field ->
                lines.append(
                    String.format(
                        Locale.ROOT,
                        "%n%-17s %12d %12d",
                        field.getKey(),
                        field.getValue().asLong(),
                        result.path("fromB").path(field.getKey()).asLong())));
    return lines.toString();
  }
}
