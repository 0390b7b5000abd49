package org.purertc.samples.signaling.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.Bus;
import org.purertc.samples.signaling.rooms.Elsewhere.Place;

/** What servers share, in virtual time: it loses messages, and at times forgets everything. */
final class SimulatedBuses {
  private static final int GRACE_MS = 2_000;

  private final VirtualTime time;
  private final Random random;
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, SimulatedBus> buses = new HashMap<>();
  private boolean down;

  /** How many of thousand messages between servers are lost. */
  int lostPerThousand;

  private long graceEndNs;

  SimulatedBuses(VirtualTime time, long seed) {
    this.time = time;
    random = new Random(seed);
  }

  Bus bus(String name) {
    return buses.computeIfAbsent(name, SimulatedBus::new);
  }

  /** Cannot be reached for a while, and is empty then. */
  void restart(int downMs) {
    down = true;
    owners.clear();
    time.afterMs(
        downMs,
        () -> {
          down = false;
          graceEndNs = time.nowNs() + 1_000_000L * GRACE_MS;
          buses.values().forEach(it -> time.afterMs(random.nextInt(1_000), it::revive));
        });
  }

  private final class SimulatedBus implements Bus {
    private final String name;
    private @Nullable Listener listener;
    private long lastNs;

    SimulatedBus(String name) {
      this.name = name;
    }

    void revive() {
      Listener to = listener;
      if (to != null) {
        to.onForgotten();
      }
    }

    @Override
    public String self() {
      return name;
    }

    @Override
    public void start(Listener to) {
      listener = to;
    }

    @Override
    public void tell(String server, String text) {
      SimulatedBus to = buses.get(server);
      if (to == null || down || random.nextInt(1_000) < lostPerThousand) {
        return;
      }
      to.lastNs = Math.max(to.lastNs, time.nowNs() + 1_000_000L * (1 + random.nextInt(3)));
      time.after(
          to.lastNs - time.nowNs(),
          () -> {
            Listener hearing = to.listener;
            if (!down && hearing != null) {
              hearing.onMessage(text);
            }
          });
    }

    @Override
    public void claimRoom(String room, Consumer<Place> then) {
      time.after(
          Math.max(1_000_000, graceEndNs - time.nowNs()),
          () -> then.accept(down ? Place.of(Place.Kind.UNKNOWN) : claim("room " + room)));
    }

    @Override
    public void keepRoom(String room, Consumer<Place> then) {
      then.accept(down ? Place.of(Place.Kind.UNKNOWN) : claim("room " + room));
    }

    private Place claim(String key) {
      owners.putIfAbsent(key, name);
      return place(key);
    }

    private Place place(String key) {
      String owner = owners.get(key);
      if (owner == null) {
        return Place.of(Place.Kind.NOWHERE);
      }
      return owner.equals(name) ? Place.of(Place.Kind.HERE) : new Place(Place.Kind.THERE, owner);
    }

    @Override
    public void findSession(String session, Consumer<Place> then) {
      time.after(
          Math.max(1_000_000, graceEndNs - time.nowNs()),
          () -> then.accept(down ? Place.of(Place.Kind.UNKNOWN) : place("session " + session)));
    }

    @Override
    public void announceSession(String session) {
      if (!down) {
        owners.put("session " + session, name);
      }
    }

    @Override
    public void forgetSession(String session) {
      owners.remove("session " + session, name);
    }

    @Override
    public void releaseRoom(String room) {
      owners.remove("room " + room, name);
    }

    @Override
    public boolean isUp() {
      return !down;
    }

    @Override
    public void close() {
      buses.remove(name);
    }
  }
}
