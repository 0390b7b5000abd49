package org.purertc.ice;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.UnknownDatagramListener.Arrival;

/** What comes to a shared port and belongs to no session: counted, and shown to the program. */
final class UnknownDatagrams {

  private final @Nullable UnknownDatagramListener listener;
  private final SourceLimit limit;

  private final LongAdder count = new LongAdder();

  UnknownDatagrams(@Nullable UnknownDatagramListener listener, SourceLimit limit) {
    this.listener = listener;
    this.limit = limit;
  }

  long count() {
    return count.sum();
  }

  void onDatagram(byte[] buffer, int offset, int length, Arrival arrival, long nowNs) {
    count.increment();
    UnknownDatagramListener told = listener;
    if (told == null) {
      return;
    }
    // Checks for sessions that are gone, or guesses; whoever sends many has them dropped here.
    boolean stun = StunHeader.isFirstByteOfStun(buffer, offset, length);
    if (!stun || limit.allows(arrival.from().getAddress(), nowNs)) {
      told.onUnknownDatagram(buffer, offset, length, arrival);
    }
  }
}
