package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/**
 * The cases {@code audio} and {@code video}: this process answers calls of the other one ({@link
 * Callers}) and echoes them. What it costs is measured here, how long frames take there.
 */
final class EchoedCalls implements AutoCloseable {
  private static final long LAST_FRAMES_MS = 1_000;

  /** So many collections until what only weak references or finished tasks held is gone. */
  private static final int COLLECTIONS = 3;

  private final PeerSource peers;
  private final ChildProcess child;
  private final List<MediaCall> calls = new ArrayList<>();
  private final CompletableFuture<ObjectNode> result = new CompletableFuture<>();

  EchoedCalls(PeerSource peers, ChildProcess child) {
    this.peers = peers;
    this.child = child;
    Thread reader = new Thread(this::read, "calling process");
    reader.setDaemon(true);
    reader.start();
  }

  /** A line of signalling that belongs to one call of several. */
  static String line(int call, SignalingMessage message) {
    try {
      ObjectNode line = (ObjectNode) SignalingFormat.parse(SignalingFormat.write(message));
      return line.put("call", call).toString();
    } catch (SignalingException e) {
      throw new IllegalStateException("our own line", e);
    }
  }

  /** Heap: growth from one echoing call to one and {@code count}; the rest: of all of them. */
  ObjectNode measure(BenchCase name, BenchOptions options, BenchOutput output)
      throws IOException, InterruptedException {
    int count = options.rounds().count();
    long warmMs = options.window().warmNs() / 1_000_000;
    call(1);
    Thread.sleep(warmMs);
    long base = heapBytes();
    call(count);
    Thread.sleep(warmMs);
    long full = heapBytes();
    child.send("{\"type\":\"start\"}");
    output.start();
    ResourceUse before = ResourceUse.now(null);
    Thread.sleep(options.window().measureNs() / 1_000_000);
    ResourceUse after = ResourceUse.now(null);
    output.end();
    child.send("{\"type\":\"end\"}");
    Thread.sleep(LAST_FRAMES_MS);
    child.send("{\"type\":\"result\"}");
    ObjectNode measured = await(result);
    return measured
        .put("calls", calls.size())
        .put("heapPerPeerKb", (full - base) / 1024.0 / count)
        .put("cpuPercentPerCall", after.ownCpuPercent(before) / calls.size())
        .put(
            "allocatedBytesPerFrame",
            (double) after.allocatedBytes(before) / Math.max(1, measured.path("frames").asInt()));
  }

  private void call(int more) throws IOException {
    for (int i = 0; i < more; i++) {
      MediaCall call;
      synchronized (calls) {
        int number = calls.size();
        call = MediaCall.echo(peers, message -> send(line(number, message)));
        calls.add(call);
      }
      child.send("{\"type\":\"call\"}");
      await(call.connected());
    }
  }

  private void send(String line) {
    try {
      child.send(line);
    } catch (IOException e) {
      throw new UncheckedIOException("the calling process has ended", e);
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.orTimeout(BenchPair.CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new CommandFailure("the calls did not come about: " + e.getCause());
    }
  }

  private static long heapBytes() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
      Thread.sleep(100);
    }
    return least;
  }

  private void read() {
    try {
      for (JsonNode node = child.next(); node != null; node = child.next()) {
        SignalingMessage message = SignalingFormat.read(node);
        if (message != null) {
          receive(node.path("call").asInt(), message);
        } else if (node instanceof ObjectNode line && line.path("type").asText().equals("result")) {
          result.complete(line);
        }
      }
      result.completeExceptionally(new IOException("the calling process has ended"));
    } catch (IOException | SignalingException e) {
      result.completeExceptionally(e);
    }
  }

  private void receive(int number, SignalingMessage message) {
    MediaCall call;
    synchronized (calls) {
      call = calls.get(number);
    }
    call.receive(message);
  }

  @Override
  public void close() {
    calls.forEach(MediaCall::close);
    child.close();
  }
}
