package org.purertc.internal.peer;

import java.util.ArrayList;
import java.util.List;
import org.purertc.ice.io.EventLoop;

/** The event loops of one factory. May be used from any thread. */
public final class LoopGroup implements AutoCloseable {
  private final List<EventLoop> loops = new ArrayList<>();
  private final List<PeerLoop> places = new ArrayList<>();

  /**
   * @param count at least 1
   */
  public LoopGroup(int count) {
    for (int i = 0; i < count; i++) {
      EventLoop loop = new EventLoop("purertc-loop-" + i);
      loops.add(loop);
      places.add(new PeerLoop(loop, loop::release));
    }
  }

  /** A place on the loop with the fewest peers, for one peer's life. */
  public synchronized PeerLoop acquire() {
    int least = 0;
    for (int i = 1; i < loops.size(); i++) {
      if (loops.get(i).load() < loops.get(least).load()) {
        least = i;
      }
    }
    loops.get(least).acquire();
    return places.get(least);
  }

  /** How many peers live here. */
  public int load() {
    return loops.stream().mapToInt(EventLoop::load).sum();
  }

  /** Whether the calling thread is one of the loops. */
  public boolean inLoop() {
    return loops.stream().anyMatch(EventLoop::inLoop);
  }

  /** Ends each loop with its last peer. */
  @Override
  public void close() {
    loops.forEach(EventLoop::close);
  }
}
