package org.purertc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.purertc.ice.io.Loop;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.peer.ChannelPort;
import org.purertc.internal.peer.CommandQueue;

/**
 * One channel between the API and a fake transport: the loop and the callback executor are lists of
 * tasks that a test runs one by one, in an order drawn from a seed.
 */
final class SeededSeam implements ChannelOwner {
  static final long MAX_MESSAGE_BYTES = 65_536;

  final ManualLoop loop = new ManualLoop();
  final ArrayDeque<Runnable> callbackRuns = new ArrayDeque<>();
  final Callbacks callbacks = new Callbacks(callbackRuns::add);
  final PeerThreads threads = new PeerThreads(new CommandQueue(loop), callbacks);
  final FakePort port = new FakePort();
  final RTCDataChannel channel;
  long consumedBytes;

  SeededSeam() {
    channel =
        new RTCDataChannel(
            threads, this, new ChannelParameters("seam", "", true, -1, -1, -1), false);
    threads.commands().submit(() -> channel.attach(port));
  }

  static SeededSeam open() {
    SeededSeam seam = new SeededSeam();
    seam.onLoop(() -> seam.channel.loopSide().onOpen());
    seam.runAll();
    return seam;
  }

  @Override
  public long maxMessageSize() {
    return MAX_MESSAGE_BYTES;
  }

  @Override
  public void consumed(int bytes) {
    consumedBytes += bytes;
  }

  @Override
  public void ended(RTCDataChannel ended) {}

  void onLoop(Runnable task) {
    loop.execute(task);
  }

  boolean runOneCallbackRun() {
    Runnable run = callbackRuns.poll();
    if (run != null) {
      run.run();
    }
    return run != null;
  }

  void runAll() {
    while (loop.runTurn() || runOneCallbackRun()) {
      // until both are quiet
    }
  }

  /** Lets the loop or the callback executor make one step. */
  void step(Random random) {
    if (random.nextBoolean()) {
      loop.runTurn();
    } else {
      runOneCallbackRun();
    }
  }

  /** Where sent messages go. */
  static final class FakePort implements ChannelPort {
    final List<byte[]> sent = new ArrayList<>();
    boolean closed;

    @Override
    public boolean send(boolean isText, byte[] message) {
      sent.add(message);
      return true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** A loop whose turns the test calls. */
  static final class ManualLoop implements Loop {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
    int wakeUps;

    boolean runTurn() {
      int due = tasks.size();
      running = true;
      for (int i = 0; i < due; i++) {
        tasks.remove().run();
      }
      running = false;
      return due > 0;
    }

    @Override
    public void execute(Runnable task) {
      wakeUps++;
      tasks.add(task);
    }

    @Override
    public boolean inLoop() {
      return running;
    }

    @Override
    public long nowNs() {
      return 0;
    }

    @Override
    public LoopTimer timer(Timed timed) {
      throw new UnsupportedOperationException("no timers here");
    }

    @Override
    public void drainLater(Drain drain) {
      throw new UnsupportedOperationException("no packets here");
    }
  }
}
