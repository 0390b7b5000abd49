package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/** One run of one case, with both ends in this process or one. */
final class BenchRun {
  /** A run that has no result so long after its window has failed. */
  private static final long GRACE_NS = 60_000_000_000L;

  private final BenchPlace place;
  private final BenchCase name;
  private final BenchOptions options;
  private final BenchOutput output;

  BenchRun(BenchPlace place, BenchCase name, BenchOptions options, BenchOutput output) {
    this.place = place;
    this.name = name;
    this.options = options;
    this.output = output;
  }

  ObjectNode both() throws InterruptedException {
    return switch (name) {
      case AUDIO, VIDEO ->
          throw new CommandFailure("the case " + name.label() + " needs two processes");
      case CONNECT -> Pairs.connect(place, options.rounds(), output);
      case IDLE -> Pairs.idle(place, options, output);
      case PINGPONG -> {
        try (BenchPair pair = BenchPair.connect(place, channel -> {}, PingPong::echo)) {
          yield await(PingPong.measure(pair.offererChannel(), options, output));
        }
      }
      case THROUGHPUT, MSGRATE -> {
        Flow flow = new Flow(name, options, output);
        try (BenchPair pair = BenchPair.connect(place, channel -> {}, flow::count)) {
          flow.send(pair.offererChannel());
          yield await(flow.result());
        }
      }
    };
  }

  /** The end that measures is here, the other one is the child's. */
  ObjectNode withChild(ChildProcess child) throws IOException, InterruptedException {
    if (name.echoesMedia()) {
      try (EchoedCalls calls = new EchoedCalls(place.peers(), child)) {
        return calls.measure(name, options, output);
      }
    }
    if (name == BenchCase.IDLE) {
      try (IdleCrowd crowd = new IdleCrowd(place.peers(), child)) {
        return crowd.measure(options, output);
      }
    }
    if (name == BenchCase.PINGPONG) {
      try (ProcessPair pair = new ProcessPair(place, child, true, channel -> {})) {
        return await(PingPong.measure(pair.channel(), options, output));
      }
    }
    Flow flow = new Flow(name, options, output);
    try (ProcessPair pair = new ProcessPair(place, child, false, flow::count)) {
      pair.channel();
      return await(flow.result());
    }
  }

  /** One end; the other one is at the other side of standard input and output. */
  void oneEnd(boolean offers, Consumer<String> out) throws InterruptedException {
    if (name.echoesMedia() && offers) {
      try (Callers callers = new Callers(place.peers(), name, options.sizeBytes(), out)) {
        callers.run(System.in);
      }
      return;
    }
    if (name == BenchCase.IDLE && offers) {
      try (IdleCallers callers = new IdleCallers(place.peers(), out)) {
        callers.run(System.in);
      }
      return;
    }
    if (!name.sendsMessages()) {
      throw new CommandFailure("the case " + name.label() + " needs --role both");
    }
    Flow flow = name == BenchCase.PINGPONG ? null : new Flow(name, options, output);
    Consumer<RTCDataChannel> atAnswerer = flow == null ? PingPong::echo : flow::count;
    Consumer<SignalingMessage> send = message -> out.accept(SignalingFormat.write(message));
    try (BenchPeer peer =
        offers
            ? BenchPeer.offerer(place.peers(), send, channel -> {})
            : BenchPeer.answerer(place.peers(), send, atAnswerer)) {
      Thread reader = new Thread(() -> read(peer), "standard input");
      reader.setDaemon(true);
      reader.start();
      if (offers) {
        peer.offer();
        offer(peer.channel().join(), flow);
      } else if (flow == null) {
        reader.join();
      } else {
        // The harness knows how long it waits.
        output.result(flow.result().join());
      }
    }
  }

  private void offer(RTCDataChannel channel, @Nullable Flow flow) throws InterruptedException {
    if (flow == null) {
      output.result(await(PingPong.measure(channel, options, output)));
    } else {
      flow.send(channel);
    }
  }

  private ObjectNode await(CompletableFuture<ObjectNode> result) {
    BenchOptions.Window window = options.window();
    long limitNs = window.warmNs() + window.measureNs() + GRACE_NS;
    try {
      return result.orTimeout(limitNs, TimeUnit.NANOSECONDS).join();
    } catch (CompletionException e) {
      throw new CommandFailure(name.label() + " ended without a result: " + e.getCause());
    }
  }

  /** Until the harness closes the stream: then nobody waits for this end any more. */
  private static void read(BenchPeer peer) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        SignalingMessage message = SignalingFormat.read(SignalingFormat.parse(line));
        if (message != null) {
          peer.receive(message);
        }
      }
    } catch (IOException | SignalingException e) {
      System.getLogger(BenchRun.class.getName())
          .log(System.Logger.Level.DEBUG, "standard input ended", e);
    } finally {
      peer.close();
    }
  }
}
