package org.purertc.internal.rtp.cc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.util.SequenceUnwrapper;

/** The packets of which feedback is awaited, by their transport-wide sequence numbers. */
final class SentPackets {
  /** Two seconds of 100 Mbit/s; older packets are forgotten. */
  static final int MAX_PACKETS = 1 << 14;

  /** What is kept of a packet; used again for another one. */
  static final class Packet {
    private long sequence = -1;
    long sentNs;
    int bytes;
    int untrackedBytes;
    int probeClusterId;
    private boolean arrived;
    private boolean calledLost;

    /** All from here to this one have arrived or are called lost; 0 when that is not known. */
    private long judgedUpTo;
  }

  private @Nullable Packet[] ring = new Packet[64];
  private final PacketResults results = new PacketResults();
  private long lowest;
  private long highest = -1;
  private int untrackedBytes;
  private @Nullable SequenceUnwrapper references;

  /**
   * @param sequence not wrapped, higher than all before
   */
  void add(long sequence, int bytes, int probeClusterId, long nowNs) {
    if (sequence <= highest) {
      throw new IllegalArgumentException(sequence + " after " + highest);
    }
    if (highest < 0) {
      lowest = sequence;
    }
    while (sequence - lowest >= ring.length && ring.length < MAX_PACKETS) {
      grow();
    }
    lowest = Math.max(lowest, sequence - ring.length + 1);
    highest = sequence;
    Packet packet = slot(sequence);
    packet.sequence = sequence;
    packet.sentNs = nowNs;
    packet.bytes = bytes;
    packet.untrackedBytes = untrackedBytes;
    packet.probeClusterId = probeClusterId;
    packet.arrived = false;
    packet.calledLost = false;
    packet.judgedUpTo = 0;
    untrackedBytes = 0;
  }

  /** Bytes that went the same way without a number. */
  void addUntracked(int bytes) {
    untrackedBytes = (int) Math.min(Integer.MAX_VALUE, (long) untrackedBytes + bytes);
  }

  private Packet slot(long sequence) {
    int index = (int) sequence & ring.length - 1;
    Packet packet = ring[index];
    if (packet == null) {
      packet = new Packet();
      ring[index] = packet;
    }
    return packet;
  }

  private void grow() {
    @Nullable Packet[] old = ring;
    ring = Arrays.copyOf(old, 2 * old.length);
    Arrays.fill(ring, null);
    for (Packet packet : old) {
      if (packet != null && packet.sequence >= 0) {
        ring[(int) packet.sequence & ring.length - 1] = packet;
      }
    }
  }

  private @Nullable Packet find(long sequence) {
    if (sequence < lowest || sequence > highest) {
      return null;
    }
    Packet packet = ring[(int) sequence & ring.length - 1];
    return packet != null && packet.sequence == sequence ? packet : null;
  }

  /** What is new in the feedback; valid until the next call. */
  PacketResults apply(TransportFeedback feedback) {
    results.clear();
    // The number nearest to the highest sent; all that was never sent is not found.
    long base = highest + (short) (feedback.baseSequence() - highest);
    long arrivalNs = referenceNs(feedback.referenceTime());
    int[] offsets = feedback.offsets();
    long next = Math.max(base, lowest);
    for (int i = 0; i < offsets.length; i++) {
      long sequence = base + offsets[i];
      arrivalNs += feedback.deltas()[i] * TransportFeedback.DELTA_UNIT_NS;
      lose(next, sequence);
      next = Math.max(next, sequence + 1);
      arrive(find(sequence), arrivalNs);
    }
    lose(next, base + feedback.statusCount());
    return results;
  }

  private long referenceNs(int referenceTime) {
    SequenceUnwrapper unwrapper = references;
    if (unwrapper == null) {
      unwrapper = new SequenceUnwrapper(TransportFeedback.REFERENCE_BITS, referenceTime);
      references = unwrapper;
    }
    return unwrapper.unwrap(referenceTime) * TransportFeedback.REFERENCE_UNIT_NS;
  }

  private void arrive(@Nullable Packet packet, long arrivalNs) {
    if (packet != null && !packet.arrived) {
      packet.arrived = true;
      results.addArrived(packet, arrivalNs);
    }
  }

  /** Leaves a trace, so that feedback that repeats itself costs nothing. */
  private void lose(long from, long end) {
    long stop = Math.min(end, highest + 1);
    for (long sequence = from; sequence < stop; ) {
      Packet packet = find(sequence);
      sequence++;
      if (packet != null) {
        if (!packet.arrived && !packet.calledLost) {
          packet.calledLost = true;
          results.addLost();
        }
        sequence = Math.max(sequence, packet.judgedUpTo);
        packet.judgedUpTo = Math.max(stop, packet.judgedUpTo);
      }
    }
  }

  /** Whether it remembers packets at all. */
  boolean isEmpty() {
    return highest < 0;
  }
}
