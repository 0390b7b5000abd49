package org.purertc.internal.rtp.jitter;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.format.PayloadDescriptor;
import org.purertc.internal.rtp.jitter.StoredPacket.Kind;
import org.purertc.internal.util.MalformedPacketException;

/**
 * From the packets of one video stream, in the order of the network, to frames in the order of
 * decoding. A missing packet is waited for as long as a retransmission may bring it; frames that do
 * not need it wait only a moment. What cannot be decoded any more is dropped, and a key frame asked
 * for. Memory is bounded: beyond it everything is dropped.
 */
public final class VideoFrameBuffer {
  /** How much older than the first packet another may be while a stream begins. */
  private static final int MAX_MISORDER_AT_START = 256;

  /** RFC 3550 appendix A.1: a jump back by more, twice in a row, is a sender that began anew. */
  private static final int MAX_MISORDER = PacketStore.MAX_PACKETS;

  private final PacketStore store = new PacketStore();
  private final IntFunction<@Nullable Depacketizer> depacketizers;
  private final FrameAssembly assembly = new FrameAssembly(store);
  private final DecodeOrder order;
  private boolean hasBegun;
  private long packetsDiscarded;
  private long flushes;

  /** After a packet from far back: the number that its successor would have. */
  private long afterJump = Long.MIN_VALUE;

  /**
   * @param clockRate of the timestamps
   * @param depacketizers by payload type; null for a type that carries no video
   */
  public VideoFrameBuffer(
      int clockRate,
      VideoBufferLimits limits,
      IntFunction<@Nullable Depacketizer> depacketizers,
      VideoFrameListener listener) {
    this.depacketizers = depacketizers;
    order =
        new DecodeOrder(
            store, assembly, new RenderTimes(clockRate), limits, depacketizers, listener);
  }

  /**
   * Takes a packet. One without payload only says that nothing is missing in its place. Frames that
   * it makes complete are given to the listener before this returns.
   */
  public void insert(BufferedPacket packet, long nowNs) {
    if (!hasBegun) {
      hasBegun = true;
      store.restart(packet.sequence() - 1);
    }
    if (packet.sequence() <= store.floor() && !takesOld(packet, nowNs)) {
      return;
    }
    if (store.get(packet.sequence()) != null) {
      packetsDiscarded++;
      return;
    }
    if (!store.fits(packet) || assembly.isFull()) {
      flush(packet.sequence(), nowNs);
    }
    if (packet.payload().length > PacketStore.MAX_BYTES) {
      packetsDiscarded++;
      return;
    }
    store.add(stored(packet));
    assembly.added(packet.sequence(), nowNs);
    order.advance(nowNs);
  }

  /** Forgets what waits; the next packet begins. */
  public void clear(long nowNs) {
    flush(0, nowNs);
    hasBegun = false;
  }

  /** W3C's {@code jitterBufferTarget}: how long frames are held so that they come evenly. */
  public void setTargetDelayNs(long targetDelayNs, long nowNs) {
    order.setTargetDelayNs(targetDelayNs);
    order.advance(nowNs);
  }

  /**
   * What may bring a missing packet.
   *
   * @param areAskedFor whether the sender is asked for lost packets, as assumed before this is said
   * @param roundTripNs to the sender and back, 0 while unknown
   */
  public void setRetransmissions(boolean areAskedFor, long roundTripNs) {
    order.setRetransmissions(areAskedFor, roundTripNs);
  }

  /** The delay of the last frame: from when the quickest are whole to its release. */
  public long currentDelayNs() {
    return order.currentDelayNs();
  }

  public long nextDeadlineNs() {
    return order.nextDeadlineNs();
  }

  public void onDeadline(long nowNs) {
    order.onDeadline(nowNs);
  }

  /** Whether nothing can be decoded before a key frame. */
  public boolean isKeyFrameNeeded() {
    return order.isKeyFrameNeeded();
  }

  /** Packets that wait. */
  public int waitingPackets() {
    return store.count();
  }

  /** Payload bytes that wait. */
  public long waitingBytes() {
    return store.bytes();
  }

  public VideoBufferCounters counters() {
    return order.counters(packetsDiscarded, flushes);
  }

  private boolean takesOld(BufferedPacket packet, long nowNs) {
    long sequence = packet.sequence();
    long behind = store.floor() - sequence;
    if (!order.hasBegun() && behind < MAX_MISORDER_AT_START && store.reachesDownTo(sequence - 1)) {
      store.lowerFloor(sequence - 1, nowNs);
      return true;
    }
    if (behind > MAX_MISORDER && sequence == afterJump) {
      flush(sequence, nowNs);
      return true;
    }
    afterJump = behind > MAX_MISORDER ? sequence + 1 : afterJump;
    packetsDiscarded++;
    return false;
  }

  private StoredPacket stored(BufferedPacket packet) {
    byte[] payload = packet.payload();
    if (payload.length == 0) {
      return new StoredPacket(packet, StoredPacket.NOTHING, Kind.PADDING);
    }
    Depacketizer depacketizer = depacketizers.apply(packet.payloadType());
    if (depacketizer == null) {
      packetsDiscarded++;
      return new StoredPacket(packet, StoredPacket.NOTHING, Kind.PADDING);
    }
    try {
      PayloadDescriptor descriptor = depacketizer.describe(payload, 0, payload.length);
      return new StoredPacket(packet, descriptor, Kind.MEDIA);
    } catch (MalformedPacketException e) {
      packetsDiscarded++;
      return new StoredPacket(packet, StoredPacket.NOTHING, Kind.BROKEN);
    }
  }

  private void flush(long sequence, long nowNs) {
    flushes++;
    packetsDiscarded += store.count();
    afterJump = Long.MIN_VALUE;
    store.restart(sequence - 1);
    assembly.restart();
    order.restart(nowNs);
  }
}
