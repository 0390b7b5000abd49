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

  boolean isEmpty() {
    return carriers.isEmpty();
  }

  void tick() {
    List.copyOf(carriers).forEach(Carrier::onTick);
  }
}
