package org.purertc.internal.peer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.purertc.ice.io.Loop;

/**
 * What the API asks of one peer, in the order of the calls: any thread puts in, the loop takes out.
 *
 * <p>A burst of calls wakes the loop once. As every operation of a peer runs to its end inside its
 * command, this queue is also W3C's operations chain (WebRTC section 4.4.1.2).
 */
public final class CommandQueue {
  private static final Logger LOG = System.getLogger("org.purertc.peer");

  /** One peer's burst must not hold up the other peers of its loop. */
  private static final int MAX_COMMANDS_PER_TURN = 1024;

  private final Loop loop;
  private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean hopping = new AtomicBoolean();
  private final Runnable hop = this::runCommands;

  public CommandQueue(Loop loop) {
    this.loop = loop;
  }

  /** May be called from any thread; never blocks. */
  public void submit(Runnable command) {
    commands.add(command);
    hop();
  }

  public boolean inLoop() {
    return loop.inLoop();
  }

  private void hop() {
    if (!hopping.get() && hopping.compareAndSet(false, true)) {
      loop.execute(hop);
    }
  }

  private void runCommands() {
    hopping.set(false); // first: a command that comes from now on hops again
    for (int i = 0; i < MAX_COMMANDS_PER_TURN; i++) {
      Runnable command = commands.poll();
      if (command == null) {
        return;
      }
      try {
        command.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "A command failed; the peer goes on", e);
      }
    }
    hop();
  }
}
