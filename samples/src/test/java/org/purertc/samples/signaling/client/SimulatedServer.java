package org.purertc.samples.signaling.client;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.Federation;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.rooms.Admission;
import org.purertc.samples.signaling.rooms.RoomHost;
import org.purertc.samples.signaling.rooms.RoomLimits;
import org.purertc.samples.signaling.rooms.Rooms;

/** Rooms in virtual time. */
final class SimulatedServer implements RoomHost {
  final VirtualTime time;
  private final RoomLimits limits;
  private final long seed;
  Rooms rooms;
  private long scheduledNs = Long.MAX_VALUE;

  SimulatedServer(VirtualTime time, RoomLimits limits, long seed) {
    this.time = time;
    this.limits = limits;
    this.seed = seed;
    rooms = new Rooms(limits, this, new Random(seed));
  }

  /** All that it knew is gone. */
  void restart() {
    rooms.shutDown();
    rooms = new Rooms(limits, this, new Random(seed + 1));
  }

  /** Shares its rooms with the other servers of that network. */
  void share(SimulatedBuses network, String name) {
    Federation made =
        new Federation(
            rooms,
            network.bus(name),
            limits.session(),
            action -> {
              action.accept(time.nowNs());
              settle();
            });
    made.start();
    tick(made);
  }

  private void tick(Federation others) {
    others.onTick(time.nowNs());
    time.after(TimeUnit.SECONDS.toNanos(Federation.TICK_SECONDS), () -> tick(others));
  }

  /** To be called after each thing that the rooms were told. */
  void settle() {
    long dueNs = rooms.nextDeadlineNs();
    if (dueNs < scheduledNs) {
      scheduledNs = dueNs;
      time.after(dueNs - time.nowNs(), this::tick);
    }
  }

  private void tick() {
    scheduledNs = Long.MAX_VALUE;
    rooms.onDeadline(time.nowNs());
    settle();
  }

  @Override
  public @Nullable Admission admit(String room, @Nullable String token) {
    return Admission.OPEN;
  }

  @Override
  public List<IceServer> iceServers(String member) {
    return List.of();
  }

  @Override
  public long unixTimeMs() {
    return time.nowNs() / 1_000_000;
  }
}
