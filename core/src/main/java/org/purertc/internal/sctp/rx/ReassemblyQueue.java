package org.purertc.internal.sctp.rx;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.DataChunk;
import org.purertc.internal.sctp.packet.ErrorCause;
import org.purertc.internal.sctp.packet.ForwardTsnChunk;

/**
 * Makes messages of DATA chunks and puts them in order, RFC 9260 sections 6.6 and 6.9, within the
 * receive window.
 *
 * <p>Half-received messages cannot block the window: as long as anything waits for the chunk at
 * cumulative TSN + 1, it is taken even when the window is full, and chunks out of order are given
 * up for it first. A message that would begin behind a full window is not taken: so a user who does
 * not read holds one window, and at most one message more.
 */
public final class ReassemblyQueue {
  private final DataTracker tracker;
  private final ReceiveWindow window;
  private final int maxMessageBytes;
  private final MessageSink sink;
  private final FragmentStore fragments = new FragmentStore();
  private final Map<Integer, InboundStream> streams = new HashMap<>();
  private int recentStreamId = -1;
  private @Nullable InboundStream recentStream;
  private @Nullable DeferredReset deferredReset;
  private boolean violated;

  /** RFC 6525 section 5.2.2, E2: performed when the cumulative TSN reaches the sender's last. */
  private record DeferredReset(int[] streamIds, long lastTsn, TreeMap<Long, Message> held) {

    boolean holds(Message message) {
      return message.lastTsn() > lastTsn && affects(message.streamId());
    }

    private boolean affects(int streamId) {
      for (int id : streamIds) {
        if (id == streamId) {
          return true;
        }
      }
      return streamIds.length == 0;
    }
  }

  /**
   * @param windowBytes at least twice {@code maxMessageBytes}
   */
  public ReassemblyQueue(
      DataTracker tracker, int windowBytes, int maxMessageBytes, MessageSink sink) {
    if (windowBytes / 2 < maxMessageBytes) {
      throw new IllegalArgumentException(
          "a window of " + windowBytes + " bytes is less than two messages of " + maxMessageBytes);
    }
    this.tracker = tracker;
    this.window = new ReceiveWindow(windowBytes, maxMessageBytes);
    this.maxMessageBytes = maxMessageBytes;
    this.sink = sink;
  }

  /** A DATA chunk came, in any order; what it makes whole is delivered from inside this call. */
  public void add(DataChunk chunk) {
    if (violated) {
      return;
    }
    if (chunk.payloadLength() == 0) {
      // RFC 9260 section 6.2: a DATA chunk without user data is answered with an ABORT.
      violate(ErrorCause.noUserData(chunk.tsn()));
      return;
    }
    if (chunk.immediate()) {
      tracker.requestSack();
    }
    long tsn = tracker.unwrap(chunk.tsn());
    if (!tracker.contains(tsn) && !makeRoom(tsn, chunk.payloadLength())) {
      // RFC 9260 section 6.2: what is dropped for want of room is answered with a SACK.
      tracker.requestSack();
      return;
    }
    if (tracker.observe(tsn)) {
      store(chunk, tsn);
      performDeferredReset();
    }
  }

  /** Gives up incomplete messages above a hole for the one chunk that closes it. */
  private boolean makeRoom(long tsn, int bytes) {
    if (window.fits(bytes)) {
      return true;
    }
    // Nothing is lost by refusing what nothing waits for: it comes again when the user has read.
    boolean isAwaited = window.storedBytes() > 0 || tracker.hasGaps();
    if (tsn != tracker.cumulativeTsn() + 1 || !isAwaited) {
      return false;
    }
    Fragments last = fragments.last();
    while (!window.fits(bytes) && last != null && last.firstTsn() > tsn + 1) {
      fragments.remove(last);
      window.release(last.bytes(), last.count());
      tracker.forget(last.firstTsn(), last.lastTsn());
      last = fragments.last();
    }
    if (!window.isOverrunBy(bytes)) {
      return true;
    }
    if (window.isStuck()) {
      violate(ErrorCause.protocolViolation("messages that never become whole fill the window"));
    }
    return false;
  }

  private void store(DataChunk chunk, long tsn) {
    if (chunk.beginning() && chunk.ending()) {
      if (isTooLong(chunk.payloadLength())) {
        return;
      }
      byte[] payload = Fragments.payloadOf(chunk);
      accept(
          new Message(
              chunk.streamId(),
              chunk.unordered(),
              chunk.streamSequence(),
              chunk.ppid(),
              payload,
              tsn));
      return;
    }
    Fragments run = fragments.add(chunk, tsn);
    window.store(chunk.payloadLength());
    if (isTooLong(run.bytes())) {
      return;
    }
    if (run.isWhole()) {
      fragments.remove(run);
      window.release(run.bytes(), run.count());
      accept(run.toMessage());
    }
  }

  private boolean isTooLong(int bytes) {
    if (bytes <= maxMessageBytes) {
      return false;
    }
    violate(
        ErrorCause.protocolViolation(
            "message longer than the " + maxMessageBytes + " bytes of max-message-size"));
    return true;
  }

  private void accept(Message message) {
    if (deferredReset != null && deferredReset.holds(message)) {
      window.store(message.payload().length);
      deferredReset.held.put(message.lastTsn(), message);
      return;
    }
    InboundStream stream = stream(message.streamId());
    if (message.unordered()) {
      deliver(message);
    } else if (stream.isNext(message.streamSequence())) {
      stream.advance();
      deliver(message);
      deliverWaiting(stream);
    } else if (stream.keep(message)) {
      window.store(message.payload().length);
    }
  }

  private void deliverWaiting(InboundStream stream) {
    for (Message next = stream.takeNext(); next != null; next = stream.takeNext()) {
      deliverStored(next);
    }
  }

  private void deliverStored(Message message) {
    window.release(message.payload().length, 1);
    deliver(message);
  }

  private void deliver(Message message) {
    window.deliver(message.payload().length);
    sink.onMessage(message.streamId(), message.ppid(), message.payload());
  }

  /** The peer gave up messages, RFC 3758 section 3.6. */
  public void handleForwardTsn(ForwardTsnChunk chunk) {
    if (violated) {
      return;
    }
    long newCumulativeTsn = tracker.unwrap(chunk.newCumulativeTsn());
    boolean isNews = newCumulativeTsn > tracker.cumulativeTsn();
    tracker.advanceTo(newCumulativeTsn);
    if (!isNews) {
      return;
    }
    // A message that lost one fragment is given up as a whole.
    fragments.removeThrough(newCumulativeTsn, window);
    for (int i = 0; i < chunk.streamIds().length; i++) {
      skip(stream(chunk.streamIds()[i]), chunk.streamSequences()[i]);
    }
    performDeferredReset();
  }

  private void skip(InboundStream stream, int streamSequence) {
    Message next = stream.takeThrough(streamSequence);
    while (next != null) {
      deliverStored(next);
      next = stream.takeThrough(streamSequence);
    }
    deliverWaiting(stream);
  }

  /**
   * The peer resets these of its streams, RFC 6525 section 5.2.2. {@link
   * MessageSink#onStreamsReset} tells when it is done, which may be now. Each request comes here
   * once: who reads them tells repetitions by their sequence number.
   *
   * @param streamIds empty means all that were used so far
   * @param lastTsn 32 bits, the sender's last assigned TSN
   * @return false when it has to wait for that TSN
   */
  public boolean resetStreams(int[] streamIds, long lastTsn) {
    if (deferredReset == null) {
      deferredReset = new DeferredReset(streamIds, tracker.unwrap(lastTsn), new TreeMap<>());
      performDeferredReset();
    }
    return deferredReset == null;
  }

  private void performDeferredReset() {
    DeferredReset reset = deferredReset;
    if (reset == null || tracker.cumulativeTsn() < reset.lastTsn) {
      return;
    }
    deferredReset = null;
    int[] streamIds = reset.streamIds.length > 0 ? reset.streamIds : usedStreams();
    for (int id : streamIds) {
      InboundStream stream = stream(id);
      Message left = stream.takeAndReset();
      while (left != null) {
        deliverStored(left);
        left = stream.takeAndReset();
      }
    }
    sink.onStreamsReset(streamIds);
    for (Message message : reset.held.values()) {
      window.release(message.payload().length, 1);
      accept(message);
    }
  }

  private int[] usedStreams() {
    return streams.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** The user has taken this much of what was delivered. */
  public void consumed(int bytes) {
    window.consume(bytes);
    // RFC 9260 section 6.2 leaves open when a SACK tells of room; as in RFC 9293 section 3.8.6.2.2
    // it waits until there is a good deal of it.
    long advertised = tracker.advertisedWindowBytes();
    long quarter = window.sizeBytes() / 4;
    if (advertised < 2 * quarter && window.freeBytes() - advertised >= quarter) {
      tracker.requestSack();
    }
  }

  /** The advertised receiver window credit. */
  public long windowBytes() {
    return window.freeBytes();
  }

  /** Bytes that wait for the rest of their message or for their turn. */
  public long storedBytes() {
    return window.storedBytes();
  }

  /** The peer restarted, RFC 9260 section 5.2: what was not delivered is gone. */
  public void restart(long initialTsn) {
    tracker.restart(initialTsn);
    fragments.clear();
    streams.clear();
    recentStreamId = -1;
    deferredReset = null;
    window.releaseAllStored();
  }

  private InboundStream stream(int streamId) {
    InboundStream stream = recentStream;
    if (stream == null || streamId != recentStreamId) {
      stream = streams.computeIfAbsent(streamId, id -> new InboundStream());
      recentStream = stream;
      recentStreamId = streamId;
    }
    return stream;
  }

  private void violate(ErrorCause cause) {
    violated = true;
    sink.onViolation(cause);
  }
}
