package org.purertc.samples.signaling.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All connections that are open; on the {@link RoomThread} only. */
final class OpenCarriers {
  private final Set<Carrier> carriers = new LinkedHashSet<>();

  void add(Carrier carrier) {
    carriers.add(carrier);
  }

  void remove(Carrier carrier) {
    carriers.remove(carrier);
  }

  /** How many there are of one transport. */
  long count(Class<? extends Carrier> kind) {
    return carriers.stream().filter(kind::isInstance).count();
  }

  boolean isEmpty() {
    return carriers.isEmpty();
  }

  void tick() {
    List.copyOf(carriers).forEach(Carrier::onTick);
  }
}
