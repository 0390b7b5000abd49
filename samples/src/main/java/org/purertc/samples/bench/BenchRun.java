package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCDataChannel;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/** One case, with both ends here or one. */
final class BenchRun {
  private final PeerConnectionFactory factory;
  private final String name;
  private final BenchOptions options;
  private final BenchOutput output;

  BenchRun(PeerConnectionFactory factory, String name, BenchOptions options, BenchOutput output) {
    this.factory = factory;
    this.name = name;
    this.options = options;
    this.output = output;
  }

  ObjectNode both() throws InterruptedException {
    return switch (name) {
      case "connect" -> Pairs.connect(factory, options.count());
      case "memory" -> Pairs.memory(factory, options.count(), output);
      case "pingpong" -> {
        try (BenchPair pair = BenchPair.connect(factory, channel -> {}, PingPong::echo)) {
          yield PingPong.measure(pair.offererChannel(), options);
        }
      }
      default -> {
        Flow flow = new Flow(name, options, output);
        try (BenchPair pair = BenchPair.connect(factory, channel -> {}, flow::count)) {
          flow.send(pair.offererChannel());
          yield flow.result().join();
        }
      }
    };
  }

  /** One end; the other one is at the other side of standard input and output. */
  void oneEnd(boolean offers, PrintStream out) throws InterruptedException {
    if (name.equals("connect") || name.equals("memory")) {
      throw new CommandFailure("the case " + name + " needs --role both");
    }
    Flow flow = name.equals("pingpong") ? null : new Flow(name, options, output);
    Consumer<RTCDataChannel> atAnswerer = flow == null ? PingPong::echo : flow::count;
    Consumer<SignalingMessage> send = message -> out.println(SignalingFormat.write(message));
    try (BenchPeer peer =
        offers
            ? BenchPeer.offerer(factory, send, channel -> {})
            : BenchPeer.answerer(factory, send, atAnswerer)) {
      Thread reader = new Thread(() -> read(peer), "standard input");
      reader.setDaemon(true);
      reader.start();
      if (offers) {
        peer.offer();
        RTCDataChannel channel = peer.channel().join();
        if (flow == null) {
          output.result(PingPong.measure(channel, options));
        } else {
          flow.send(channel);
        }
      } else if (flow == null) {
        reader.join();
      } else {
        output.result(flow.result().join());
      }
    }
  }

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
      peer.close();
    }
  }
}
