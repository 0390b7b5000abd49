package org.purertc.internal.sctp.tx;

import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.PacketReader;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.util.SerialNumber;
import org.purertc.internal.util.Timer;

/**
 * Sends DATA and sends it again until it is acknowledged or given up: RFC 9260 sections 6.1 to 6.3
 * and 7.2, RFC 3758.
 */
public final class RetransmissionQueue {
  /** RFC 9260 section 7.2.4: the third miss indication marks a chunk for fast retransmit. */
  private static final int FAST_RETRANSMIT_MISSES = 3;

  /**
   * Packets with new data per SACK. RFC 9260 section 6.1 D has 4, for a receiver that answers every
   * second packet; one that answers a turn of reading needs more, and a socket buffer of Linux
   * holds twice this.
   */
  private static final int MAX_BURST_PACKETS = 40;

  /** A message is not cut in order to fill less room than this at the end of a packet. */
  private static final int MIN_FRAGMENT_BYTES = 256;

  private final SendQueue queue;
  private final RetransmissionTimeout rto;
  private final OutstandingData outstanding;
  private final AdvancedPeerAckPoint advanced;
  private final CongestionControl congestion;
  private final RoundTripMeasurement measurement;
  private final boolean partialReliability;
  private final Timer t3Rtx = new Timer();

  private long remoteWindowBytes;
  private boolean inFastRecovery;
  private long recoveryExitTsn;
  private boolean fastRetransmitPending;
  private boolean answeredSinceTimeout;
  private int burstPackets = MAX_BURST_PACKETS;
  private long lastSentNs;

  /**
   * @param remote what the handshake told of the peer
   * @param packetBytes a first path MTU, less everything below SCTP
   */
  public RetransmissionQueue(
      SendQueue queue, RetransmissionTimeout rto, Remote remote, int packetBytes) {
    this.queue = queue;
    this.rto = rto;
    outstanding = new OutstandingData(queue, remote.localInitialTsn());
    advanced = new AdvancedPeerAckPoint(outstanding);
    congestion = new CongestionControl(chunkBytes(packetBytes));
    measurement = new RoundTripMeasurement(rto);
    partialReliability = remote.supportsForwardTsn();
    remoteWindowBytes = remote.receiveWindowBytes();
  }

  /**
   * What the handshake agreed on for this direction.
   *
   * @param localInitialTsn our first TSN
   * @param receiveWindowBytes the peer's advertised receiver window credit
   */
  public record Remote(long localInitialTsn, long receiveWindowBytes, boolean supportsForwardTsn) {}

  /**
   * RFC 9260 section 6.2.1.
   *
   * @return whether it acknowledged something new
   */
  public boolean onSack(SackChunk sack, long nowNs) {
    long before = outstanding.cumulativeTsnAck();
    long cumulative = SerialNumber.unwrap32(sack.cumulativeTsnAck(), before);
    // RFC 9260 6.2.1 D i: a cumulative TSN below ours is an older SACK and says nothing. One of a
    // TSN that was never sent cannot be true.
    if (cumulative < before || cumulative >= outstanding.nextTsn()) {
      return false;
    }
    answeredSinceTimeout = true;
    burstPackets = MAX_BURST_PACKETS;
    long flightBytes = outstanding.flightBytes();
    int latestPacket = outstanding.latestAckedPacket();
    long ackedBytes = acknowledgeCumulative(cumulative);
    GapAckBlocks gaps = new GapAckBlocks(outstanding, sack);
    ackedBytes += gaps.ackedBytes();
    measurement.onAcknowledged(outstanding, nowNs);
    leaveFastRecovery(cumulative);
    boolean advancedCumulative = cumulative > before;
    if (advancedCumulative && !inFastRecovery) {
      congestion.onAcknowledged(ackedBytes, flightBytes);
    }
    findMissing(gaps.highestTsn(), latestPacket, nowNs);
    openWindow(sack.receiveWindowBytes());
    advanced.onCumulativeAck();
    restartT3(advancedCumulative, nowNs);
    return ackedBytes > 0 || advancedCumulative;
  }

  /** The cumulative TSN of a SHUTDOWN, RFC 9260 section 9.2; it says nothing of gaps. */
  public boolean onCumulativeAck(long tsn, long nowNs) {
    long before = outstanding.cumulativeTsnAck();
    long cumulative = SerialNumber.unwrap32(tsn, before);
    if (cumulative <= before || cumulative >= outstanding.nextTsn()) {
      return false;
    }
    acknowledgeCumulative(cumulative);
    measurement.onAcknowledged(outstanding, nowNs);
    leaveFastRecovery(cumulative);
    advanced.onCumulativeAck();
    restartT3(true, nowNs);
    return true;
  }

  private long acknowledgeCumulative(long cumulative) {
    long bytes = 0;
    while (outstanding.cumulativeTsnAck() < cumulative) {
      bytes += outstanding.advance();
    }
    if (outstanding.isEmpty()) {
      congestion.onAllAcknowledged();
    }
    return bytes;
  }

  private void leaveFastRecovery(long cumulative) {
    if (inFastRecovery && cumulative >= recoveryExitTsn) {
      inFastRecovery = false;
    }
  }

  /**
   * RFC 9260 section 7.2.4 counts SACKs that miss a chunk. A receiver that answers many packets
   * with one SACK gives one indication for each packet in it, so packets are counted here: with a
   * SACK for every packet that is the same. A chunk that was sent again counts from its last
   * packet.
   */
  private void findMissing(long highestTsn, int latestPacketBefore, long nowNs) {
    if (outstanding.latestAckedPacket() == latestPacketBefore) {
      return;
    }
    boolean lost = false;
    long tsn = outstanding.nextNotAcked(outstanding.cumulativeTsnAck() + 1, highestTsn);
    while (tsn < highestTsn) {
      if (outstanding.isInFlight(tsn) && outstanding.missedBy(tsn) >= FAST_RETRANSMIT_MISSES) {
        lose(tsn, nowNs);
        lost = true;
      }
      tsn = outstanding.nextNotAcked(tsn + 1, highestTsn);
    }
    if (lost) {
      enterFastRecovery();
    }
  }

  private void enterFastRecovery() {
    if (!inFastRecovery) {
      inFastRecovery = true;
      recoveryExitTsn = outstanding.nextTsn() - 1;
      congestion.onFastRetransmit();
      fastRetransmitPending = true;
    }
  }

  private void openWindow(long windowBytes) {
    boolean wasClosed = remoteWindowBytes < outstanding.flightPayloadBytes();
    remoteWindowBytes = windowBytes;
    // A probe that the closed window swallowed need not wait for T3-rtx once the window opens.
    long first = outstanding.cumulativeTsnAck() + 1;
    boolean isProbe = outstanding.nextTsn() == first + 1 && outstanding.isInFlight(first);
    if (wasClosed && isProbe && windowBytes > outstanding.flightPayloadBytes()) {
      outstanding.markLost(first);
      measurement.onLost(first);
    }
  }

  private void restartT3(boolean advancedCumulative, long nowNs) {
    if (outstanding.isEmpty()) {
      t3Rtx.stop(); // RFC 9260 6.3.2 R2
    } else if (advancedCumulative || !t3Rtx.isRunning()) {
      t3Rtx.start(nowNs, rto.rtoNs()); // R3, R4
    }
  }

  /** Marks the chunk for retransmission, or gives its message up. */
  private void lose(long tsn, long nowNs) {
    measurement.onLost(tsn);
    OutgoingMessage message = outstanding.message(tsn);
    int retransmissions = outstanding.transmissions(tsn) - 1;
    // RFC 7496 section 3.2: given up when it was sent again as often as allowed.
    boolean exhausted =
        message.maxRetransmits() != OutgoingMessage.UNLIMITED
            && retransmissions >= message.maxRetransmits();
    if (partialReliability && (exhausted || message.isExpired(nowNs))) {
      advanced.abandon(tsn, queue);
    } else {
      outstanding.markLost(tsn);
    }
  }

  /** Everything in flight counts as lost. */
  private void loseAll(long nowNs) {
    for (long tsn = outstanding.cumulativeTsnAck() + 1; tsn < outstanding.nextTsn(); tsn++) {
      if (outstanding.isInFlight(tsn)) {
        lose(tsn, nowNs);
      }
    }
    inFastRecovery = false;
    fastRetransmitPending = false;
    burstPackets = MAX_BURST_PACKETS;
    advanced.sendAgain();
  }

  public long nextDeadlineNs() {
    return t3Rtx.deadlineNs();
  }

  /** The timer rests for a time in which no path was there. */
  public void postpone(long durationNs) {
    t3Rtx.postpone(durationNs);
    measurement.forget();
  }

  /** What T3-rtx says at a deadline. */
  public enum Timeout {
    NONE,
    /** It expired because the peer's window is closed, and the peer does answer. */
    PROBE,
    /** It expired because nothing was acknowledged: counts as an error, section 8.1. */
    ERROR
  }

  /** RFC 9260 section 6.3.3; T3-rtx runs again when something is sent. */
  public Timeout onDeadline(long nowNs) {
    if (!t3Rtx.expire(nowNs)) {
      return Timeout.NONE;
    }
    // RFC 9260 6.1 A: while the peer answers probes of its closed window, it is there.
    boolean closed = remoteWindowBytes < outstanding.flightPayloadBytes();
    boolean probe = closed && answeredSinceTimeout;
    answeredSinceTimeout = false;
    congestion.onTimeout();
    rto.backOff();
    loseAll(nowNs);
    return probe ? Timeout.PROBE : Timeout.ERROR;
  }

  /** Another path: nothing of the old one's window and round trip is true. */
  public void onPathChanged(long nowNs) {
    congestion.restart();
    rto.restart();
    measurement.forget();
    t3Rtx.stop();
    loseAll(nowNs);
  }

  /** The bytes of the next packet, when a chunk that is to be sent again needs more than usual. */
  public int packetBytes(int maxPacketBytes) {
    if (outstanding.lostChunks() == 0) {
      return maxPacketBytes;
    }
    int needed = PacketReader.HEADER_BYTES + outstanding.wireBytesOf(outstanding.firstLost());
    return Math.max(maxPacketBytes, needed);
  }

  /** Adds FORWARD-TSN when one is due, RFC 3758 section 3.5 C. */
  public void produceForwardTsn(PacketWriter out, long nowNs) {
    if (advanced.isDue() && advanced.produce(out)) {
      startT3(nowNs);
    }
  }

  /** Adds DATA: first what is to be sent again (RFC 9260 6.1 C), then new. */
  public void produce(PacketWriter out, int maxPacketBytes, long nowNs) {
    congestion.setPacketBytes(chunkBytes(maxPacketBytes));
    outstanding.startPacket();
    if (outstanding.lostChunks() > 0) {
      retransmit(out, nowNs);
    }
    if (outstanding.lostChunks() == 0) {
      sendNew(out, maxPacketBytes, nowNs);
    }
  }

  private void retransmit(PacketWriter out, long nowNs) {
    // RFC 9260 7.2.4: the first packet of a fast retransmit goes out whatever cwnd says.
    boolean ignoreWindow = fastRetransmitPending;
    while (outstanding.lostChunks() > 0
        && (ignoreWindow || outstanding.flightBytes() < congestion.windowBytes())) {
      long tsn = outstanding.firstLost();
      if (partialReliability && outstanding.message(tsn).isExpired(nowNs)) {
        advanced.abandon(tsn, queue);
        continue;
      }
      if (outstanding.wireBytesOf(tsn) > out.remaining()) {
        break;
      }
      fastRetransmitPending = false;
      outstanding.markSentAgain(tsn);
      out.add(outstanding.chunk(tsn, congestion.isNarrow()));
      // RFC 9260 7.2.4 (4): T3-rtx starts again with the earliest outstanding chunk.
      if (tsn == outstanding.cumulativeTsnAck() + 1) {
        t3Rtx.stop();
      }
      startT3(nowNs);
    }
  }

  private void sendNew(PacketWriter out, int maxPacketBytes, long nowNs) {
    if (burstPackets == 0 && outstanding.flightBytes() > 0) {
      return;
    }
    boolean sent = false;
    while (outstanding.flightBytes() < congestion.windowBytes() && !outstanding.isFull()) {
      OutgoingMessage message = queue.next(nowNs);
      if (message == null || !sendChunk(message, out, maxPacketBytes, nowNs)) {
        break;
      }
      sent = true;
    }
    if (sent) {
      burstPackets = Math.max(0, burstPackets - 1);
    }
  }

  private boolean sendChunk(
      OutgoingMessage message, PacketWriter out, int maxPacketBytes, long nowNs) {
    int length = fragmentBytes(message.remainingBytes(), out, maxPacketBytes);
    if (length <= 0) {
      return false;
    }
    boolean closed = outstanding.flightPayloadBytes() + length > remoteWindowBytes;
    // RFC 9260 6.1 A: whatever the window, one chunk may be in flight; it probes the window.
    if (closed && outstanding.flightBytes() > 0) {
      return false;
    }
    if (outstanding.isEmpty()) {
      congestion.onIdle((nowNs - lastSentNs) / rto.rtoNs());
    }
    int offset = message.cutBytes();
    queue.cut(message, length);
    long tsn = outstanding.add(message, offset, length);
    out.add(outstanding.chunk(tsn, closed || congestion.isNarrow()));
    measurement.onSent(tsn, nowNs);
    lastSentNs = nowNs;
    startT3(nowNs);
    return true;
  }

  /** How much of the message goes into this packet, 0 when the next packet is better. */
  private static int fragmentBytes(int remainingBytes, PacketWriter out, int maxPacketBytes) {
    int room = out.remaining() - DataChunk.HEADER_BYTES;
    if (remainingBytes <= room) {
      return remainingBytes;
    }
    int wholePacket = chunkBytes(maxPacketBytes) - DataChunk.HEADER_BYTES;
    boolean fitsNextPacket = remainingBytes <= wholePacket;
    boolean tooSmall = room < MIN_FRAGMENT_BYTES && room < wholePacket;
    return fitsNextPacket || tooSmall ? 0 : room & ~3;
  }

  /** The PMDCS of RFC 9260: room for chunks in a packet. */
  private static int chunkBytes(int maxPacketBytes) {
    return (maxPacketBytes & ~3) - PacketReader.HEADER_BYTES;
  }

  private void startT3(long nowNs) {
    if (!t3Rtx.isRunning()) {
      t3Rtx.start(nowNs, rto.rtoNs()); // RFC 9260 6.3.2 R1
    }
  }

  /** Whether everything that was sent is acknowledged or given up with the peer's knowledge. */
  public boolean isEmpty() {
    return outstanding.isEmpty();
  }

  /** The TSN of the next new chunk, 32 bits. */
  public long nextTsn() {
    return SerialNumber.wrap32(outstanding.nextTsn());
  }

  /** Whether {@link #produce} has something that the congestion window allows. */
  public boolean hasToSend() {
    return (outstanding.lostChunks() > 0 || !queue.isEmpty())
        && (fastRetransmitPending || outstanding.flightBytes() < congestion.windowBytes());
  }

  public long congestionWindowBytes() {
    return congestion.windowBytes();
  }

  public long flightBytes() {
    return outstanding.flightBytes();
  }

  /** Gives back memory while nothing is outstanding. */
  public void trim() {
    outstanding.trim();
  }
}
