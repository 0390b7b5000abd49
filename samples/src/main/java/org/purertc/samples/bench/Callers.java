package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/**
 * The calling process of {@code audio} and {@code video}: calls as often as the echoing one ({@link
 * EchoedCalls}) asks for, sends, and tells what came back. Each line of signalling names its call.
 */
final class Callers implements AutoCloseable {
  /** Room for what is counted of one call. */
  private static final int MOST_FRAMES = 200_000;

  private final PeerSource peers;
  private final BenchCase name;
  private final int sizeBytes;
  private final Consumer<String> out;
  private final List<MediaCall> calls = new ArrayList<>();
  private final List<StampedFrames> frames = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Callers(PeerSource peers, BenchCase name, int sizeBytes, Consumer<String> out) {
    this.peers = peers;
    this.name = name;
    this.sizeBytes = sizeBytes;
    this.out = out;
  }

  /** Does what the lines say until they end. */
  void run(InputStream lines) throws InterruptedException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(lines, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        take(SignalingFormat.parse(line));
      }
    } catch (IOException | SignalingException e) {
      throw new CommandFailure("the echoing process is gone: " + e.getMessage());
    }
  }

  private void take(JsonNode line) throws SignalingException {
    SignalingMessage message = SignalingFormat.read(line);
    if (message != null) {
      calls.get(line.path("call").asInt()).receive(message);
      return;
    }
    switch (line.path("type").asText()) {
      case "call" -> call();
      case "start" -> frames.forEach(each -> each.startCounting(MOST_FRAMES));
      case "end" -> frames.forEach(StampedFrames::stopCounting);
      case "result" -> out.accept(result().toString());
      default -> {}
    }
  }

  private void call() {
    StampedFrames sent = new StampedFrames(name == BenchCase.AUDIO, sizeBytes);
    int number = calls.size();
    frames.add(sent);
    MediaCall call =
        MediaCall.offer(
            peers,
            sent.track(),
            message -> out.accept(EchoedCalls.line(number, message)),
            sent::listen);
    calls.add(call);
    long intervalNs = sent.intervalNs();
    var unused =
        call.connected()
            .thenRun(
                () -> {
                  var unusedUntilShutdown =
                      clock.scheduleAtFixedRate(sent::write, 0, intervalNs, TimeUnit.NANOSECONDS);
                });
  }

  private ObjectNode result() {
    double[] millis =
        frames.stream().flatMapToDouble(each -> DoubleStream.of(each.millis())).toArray();
    if (millis.length == 0) {
      throw new CommandFailure("nothing came back");
    }
    ObjectNode result =
        BenchOutput.result(name)
            .put("size", sizeBytes)
            .put("frames", frames.stream().mapToInt(StampedFrames::written).sum())
            .put("lostFrames", frames.stream().mapToInt(StampedFrames::lost).sum());
    return BenchOutput.distribution(result, "ms", millis);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    calls.forEach(MediaCall::close);
  }
}
