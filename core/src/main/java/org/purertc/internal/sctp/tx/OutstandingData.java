package org.purertc.internal.sctp.tx;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.util.SerialNumber;

/**
 * The chunks that were sent and are not below the cumulative TSN, in a ring indexed by TSN.
 *
 * <p>TSNs are unwrapped. A chunk is in flight, acknowledged by a gap block, lost (to be sent
 * again), or abandoned (RFC 3758 section 3.5).
 */
final class OutstandingData {
  /** A gap block reaches 65,535 TSNs beyond the cumulative one; we stay well below. */
  static final int MAX_CHUNKS = 1 << 15;

  /** Most peers have little under way at a time. */
  private static final int INITIAL_CAPACITY = 16;

  private static final byte IN_FLIGHT = 0;
  private static final byte ACKED = 1;
  private static final byte LOST = 2;
  private static final byte ABANDONED = 3;

  private final SendQueue queue;
  private @Nullable OutgoingMessage[] messages = {};
  private int[] offsets = {};
  private int[] lengths = {};
  private int[] transmissions = {};
  private int[] packets = {};
  private byte[] states = {};
  private TsnBits acked = new TsnBits(Long.SIZE);
  private TsnBits lost = new TsnBits(Long.SIZE);
  private int mask = -1;

  private long cumulativeTsnAck;
  private long nextTsn;
  private int ackedChunks;
  private int lostChunks;
  private long flightBytes;
  private long flightPayloadBytes;
  private int packetNumber;
  private int latestAckedPacket;

  OutstandingData(SendQueue queue, long initialTsn) {
    this.queue = queue;
    cumulativeTsnAck = initialTsn - 1;
    nextTsn = initialTsn;
  }

  /** The highest TSN to which the peer has everything. */
  long cumulativeTsnAck() {
    return cumulativeTsnAck;
  }

  long nextTsn() {
    return nextTsn;
  }

  boolean isEmpty() {
    return nextTsn == cumulativeTsnAck + 1;
  }

  boolean isFull() {
    return nextTsn - cumulativeTsnAck > MAX_CHUNKS;
  }

  /** Whole chunks in flight, as congestion control counts. */
  long flightBytes() {
    return flightBytes;
  }

  /** User bytes in flight, as the peer's receive window counts. */
  long flightPayloadBytes() {
    return flightPayloadBytes;
  }

  /** Chunks above the cumulative TSN that gap blocks acknowledged. */
  int ackedChunks() {
    return ackedChunks;
  }

  int lostChunks() {
    return lostChunks;
  }

  /** A chunk of the message is sent for the first time. */
  long add(OutgoingMessage message, int offset, int length) {
    long tsn = append(message, offset, length, IN_FLIGHT);
    transmissions[index(tsn)] = 1;
    flightBytes += wireBytes(length);
    flightPayloadBytes += length;
    return tsn;
  }

  /** A TSN of its own for what was never sent of an abandoned message: FORWARD-TSN passes it. */
  void addAbandoned(OutgoingMessage message) {
    append(message, message.payload().length, 0, ABANDONED);
  }

  private long append(OutgoingMessage message, int offset, int length, byte state) {
    if (nextTsn - cumulativeTsnAck > messages.length) {
      grow();
    }
    long tsn = nextTsn++;
    int i = index(tsn);
    messages[i] = message;
    offsets[i] = offset;
    lengths[i] = length;
    transmissions[i] = 0;
    packets[i] = packetNumber;
    states[i] = state;
    queue.stream(message.streamId()).chunkSent();
    return tsn;
  }

  /** The chunk as it goes into a packet. */
  DataChunk chunk(long tsn, boolean immediate) {
    int i = index(tsn);
    OutgoingMessage message = message(tsn);
    return new DataChunk(
        immediate,
        message.isUnordered(),
        offsets[i] == 0,
        offsets[i] + lengths[i] == message.payload().length,
        SerialNumber.wrap32(tsn),
        message.streamId(),
        message.streamSequenceNumber(),
        message.ppid(),
        message.payload(),
        offsets[i],
        lengths[i]);
  }

  /** Bytes of the whole chunk with padding. */
  int wireBytesOf(long tsn) {
    return wireBytes(lengths[index(tsn)]);
  }

  OutgoingMessage message(long tsn) {
    OutgoingMessage message = messages[index(tsn)];
    if (message == null) {
      throw new IllegalStateException("TSN " + tsn + " is not outstanding");
    }
    return message;
  }

  boolean isInFlight(long tsn) {
    return states[index(tsn)] == IN_FLIGHT;
  }

  boolean isAbandoned(long tsn) {
    return states[index(tsn)] == ABANDONED;
  }

  boolean isAcked(long tsn) {
    return acked.get(tsn);
  }

  /** How often the chunk was sent. */
  int transmissions(long tsn) {
    return transmissions[index(tsn)];
  }

  /** Chunks that are sent from now on are in another packet. */
  void startPacket() {
    packetNumber++;
  }

  /** The latest packet of which a chunk is known to have arrived. */
  int latestAckedPacket() {
    return latestAckedPacket;
  }

  /** How many packets later than this chunk's last one something arrived. */
  int missedBy(long tsn) {
    return latestAckedPacket - packets[index(tsn)];
  }

  /** The first TSN of a range without acknowledgement, else {@code end}. */
  long nextNotAcked(long from, long end) {
    return acked.nextClear(from, end);
  }

  /** The earliest chunk to be sent again; only while {@link #lostChunks} is not 0. */
  long firstLost() {
    return lost.nextSet(cumulativeTsnAck + 1, nextTsn);
  }

  /** The chunk was in flight and is to be sent again. */
  void markLost(long tsn) {
    leaveFlight(tsn);
    states[index(tsn)] = LOST;
    lost.set(tsn);
    lostChunks++;
  }

  /** The lost chunk goes out again. */
  void markSentAgain(long tsn) {
    clearLost(tsn);
    enterFlight(tsn);
    int i = index(tsn);
    transmissions[i]++;
    packets[i] = packetNumber;
  }

  /** The chunk's message is given up; the bytes no longer count as in flight. */
  void markAbandoned(long tsn) {
    int i = index(tsn);
    if (states[i] == IN_FLIGHT) {
      leaveFlight(tsn);
    } else if (states[i] == LOST) {
      clearLost(tsn);
    }
    states[i] = ABANDONED;
  }

  /** A gap block covers the TSN; returns the chunk's bytes if that is news of a sent chunk. */
  int acknowledge(long tsn) {
    int i = index(tsn);
    acked.set(tsn);
    ackedChunks++;
    return switch (states[i]) {
      case IN_FLIGHT -> {
        noteArrival(i);
        leaveFlight(tsn);
        states[i] = ACKED;
        yield wireBytes(lengths[i]);
      }
      case LOST -> {
        clearLost(tsn);
        states[i] = ACKED;
        yield wireBytes(lengths[i]);
      }
      default -> 0;
    };
  }

  /** Of a chunk that was sent twice nobody knows which packet arrived. */
  private void noteArrival(int i) {
    if (transmissions[i] == 1 && packets[i] - latestAckedPacket > 0) {
      latestAckedPacket = packets[i];
    }
  }

  /** The peer dropped what it had acknowledged by a gap block: RFC 9260 section 6.2. */
  void renege(long tsn) {
    acked.clear(tsn);
    ackedChunks--;
    if (states[index(tsn)] == ACKED) {
      enterFlight(tsn);
    }
  }

  /** Moves the cumulative TSN by one; returns the bytes of a sent chunk that this acknowledged. */
  int advance() {
    long tsn = cumulativeTsnAck + 1;
    int i = index(tsn);
    int bytes = acked.get(tsn) ? 0 : acknowledge(tsn);
    acked.clear(tsn);
    ackedChunks--;
    queue.stream(message(tsn).streamId()).chunkSettled();
    messages[i] = null;
    cumulativeTsnAck = tsn;
    return bytes;
  }

  /** Gives back memory while nothing is outstanding. */
  void trim() {
    if (isEmpty() && messages.length > 0) {
      allocate(0);
    }
  }

  private void leaveFlight(long tsn) {
    int length = lengths[index(tsn)];
    flightBytes -= wireBytes(length);
    flightPayloadBytes -= length;
  }

  private void enterFlight(long tsn) {
    int i = index(tsn);
    states[i] = IN_FLIGHT;
    flightBytes += wireBytes(lengths[i]);
    flightPayloadBytes += lengths[i];
  }

  private void clearLost(long tsn) {
    lost.clear(tsn);
    lostChunks--;
  }

  private int index(long tsn) {
    return (int) tsn & mask;
  }

  static int wireBytes(int payloadBytes) {
    return DataChunk.HEADER_BYTES + (payloadBytes + 3 & ~3);
  }

  private void grow() {
    int oldMask = mask;
    var oldMessages = messages;
    int[] oldOffsets = offsets;
    int[] oldLengths = lengths;
    int[] oldTransmissions = transmissions;
    int[] oldPackets = packets;
    byte[] oldStates = states;
    TsnBits oldAcked = acked;
    TsnBits oldLost = lost;
    allocate(Math.max(INITIAL_CAPACITY, 2 * messages.length));
    for (long tsn = cumulativeTsnAck + 1; tsn < nextTsn; tsn++) {
      int from = (int) tsn & oldMask;
      int to = index(tsn);
      messages[to] = oldMessages[from];
      offsets[to] = oldOffsets[from];
      lengths[to] = oldLengths[from];
      transmissions[to] = oldTransmissions[from];
      packets[to] = oldPackets[from];
      states[to] = oldStates[from];
      if (oldAcked.get(tsn)) {
        acked.set(tsn);
      }
      if (oldLost.get(tsn)) {
        lost.set(tsn);
      }
    }
  }

  private void allocate(int capacity) {
    messages = new OutgoingMessage[capacity];
    offsets = new int[capacity];
    lengths = new int[capacity];
    transmissions = new int[capacity];
    packets = new int[capacity];
    states = new byte[capacity];
    acked = new TsnBits(Math.max(Long.SIZE, capacity));
    lost = new TsnBits(Math.max(Long.SIZE, capacity));
    mask = capacity - 1;
  }
}
