package org.purertc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Packets on their way to a receiver's handler; a handler that is too slow loses packets. */
final class PacketInbox {
  /** A second of a stream of 40 Mbit/s. */
  static final int MAX_PACKETS = 4_096;

  static final long MAX_BYTES = 8 << 20;

  private final Callbacks callbacks;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile @Nullable Consumer<? super RTCRtpPacket> handler;

  PacketInbox(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  void setHandler(@Nullable Consumer<? super RTCRtpPacket> handler) {
    this.handler = handler;
  }

  /** One thread at a time. */
  void add(RTCRtpPacket packet) {
    if (waiting.get() >= MAX_PACKETS || bytes.get() >= MAX_BYTES) {
      dropped.incrementAndGet();
      return;
    }
    waiting.incrementAndGet();
    bytes.addAndGet(packet.payload().length);
    callbacks.execute(() -> deliver(packet));
  }

  private void deliver(RTCRtpPacket packet) {
    waiting.decrementAndGet();
    bytes.addAndGet(-packet.payload().length);
    Consumer<? super RTCRtpPacket> current = handler;
    if (current != null && !callbacks.isSilent()) {
      current.accept(packet);
    }
  }

  long dropped() {
    return dropped.get();
  }
}
