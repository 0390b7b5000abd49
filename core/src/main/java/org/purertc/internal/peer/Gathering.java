package org.purertc.internal.peer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.purertc.internal.jsep.LocalSections;

/** Which transports gather candidates, and what the peer tells of it; RFC 9429 section 3.5.1. */
final class Gathering {
  private final Transports transports;
  private final PeerListener listener;
  private GatheringState state = GatheringState.NEW;

  /** Indices of transports. */
  private final BitSet running = new BitSet();

  Gathering(Transports transports, PeerListener listener) {
    this.transports = transports;
    this.listener = listener;
  }

  /** Begins where a local description needs it, RFC 9429 section 3.5.1. */
  void begin(List<LocalSections> used) {
    List<Integer> wanted = new ArrayList<>();
    for (LocalSections sections : used) {
      TransportSession transport = transports.session(sections.transport());
      if (!transport.hasGathered()) {
        wanted.add(sections.transport());
      }
    }
    if (!wanted.isEmpty()) {
      wanted.forEach(running::set);
      set(GatheringState.GATHERING);
      wanted.forEach(index -> transports.session(index).gather());
    }
  }

  /** A transport has found more of this host's addresses. */
  void resume(int transport) {
    running.set(transport);
    set(GatheringState.GATHERING);
  }

  /** A transport has told its last candidate. */
  void complete(int transport) {
    running.clear(transport);
    if (running.isEmpty()) {
      set(GatheringState.COMPLETE);
    }
  }

  /** The other transports are gone. */
  void retain(BitSet kept) {
    boolean wasRunning = !running.isEmpty();
    running.and(kept);
    if (wasRunning && running.isEmpty()) {
      set(GatheringState.COMPLETE);
    }
  }

  private void set(GatheringState changed) {
    if (state != changed) {
      state = changed;
      listener.onGatheringState(changed);
    }
  }
}
