package org.purertc.internal.datachannel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.MalformedPacketException;

/** One channel. Loop thread only. */
public final class DataChannel {

  /** RFC 6525 lets the peer deny a reset; after this many we close without it. */
  private static final int MAX_RESET_ATTEMPTS = 3;

  private static final long NS_PER_MS = 1_000_000L;
  private static final byte[] EMPTY = {};

  private enum State {
    CONNECTING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private final DataChannels owner;
  private final ChannelParameters parameters;
  private final QueuedBytes queued = new QueuedBytes();
  private final ChannelCounters counters = new ChannelCounters();
  private final int number;
  private ChannelListener listener;
  private State state = State.CONNECTING;
  private int id = -1;
  private boolean acknowledged;
  private boolean incomingReset;
  private boolean outgoingReset;
  private int resetAttempts;
  private @Nullable PartialMessage partial;
  private @Nullable String failure;

  DataChannel(DataChannels owner, ChannelParameters parameters, ChannelListener listener) {
    this.owner = owner;
    number = owner.nextNumber();
    this.parameters = parameters;
    this.listener = listener;
  }

  public ChannelParameters parameters() {
    return parameters;
  }

  /** Unique among the channels of its connection, also those that are gone. */
  public int number() {
    return number;
  }

  public ChannelCounters counters() {
    return counters;
  }

  /** W3C WebRTC section 6.2, RTCDataChannelState. */
  public String state() {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** -1 while it is not known. */
  public int id() {
    return id;
  }

  /**
   * Queues a message; the array belongs to the channel.
   *
   * @return false when the channel does not take messages any more
   */
  public boolean send(boolean isText, byte[] message) {
    if (state != State.OPEN) {
      return false;
    }
    boolean isEmpty = message.length == 0;
    // RFC 8831 section 6.6: SCTP has no empty messages, so one zero byte stands for it.
    byte[] payload = isEmpty ? new byte[1] : message;
    // RFC 8832 section 6: what may be unordered is ordered until the peer knows the channel.
    boolean unordered = !parameters.ordered() && acknowledged;
    long lifetimeNs = parameters.maxLifetimeMs() < 0 ? -1 : parameters.maxLifetimeMs() * NS_PER_MS;
    long ppid = PayloadProtocol.of(isText, isEmpty);
    int maxRetransmits = parameters.maxRetransmits();
    DataTransport transport = owner.transport();
    if (!transport.send(id, ppid, payload, unordered, maxRetransmits, lifetimeNs)) {
      return false;
    }
    counters.sent(message.length);
    if (isEmpty) {
      queued.queueEmpty();
    } else {
      queued.queue(payload.length);
    }
    return true;
  }

  /** Delivers what was accepted, then closes both directions. */
  public void close() {
    if (state == State.CONNECTING) {
      closed(true, "");
    } else if (state == State.OPEN) {
      leaveOpen();
      resetWhenSent();
    }
  }

  void assignId(int streamId) {
    id = streamId;
  }

  void announceId() {
    listener.onId(id);
  }

  boolean isConnecting() {
    return state == State.CONNECTING;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** The peer will use the stream for another channel: what comes now is not for this one. */
  boolean isIncomingReset() {
    return incomingReset;
  }

  /** The association is connected: a channel of ours is announced, and open at once. */
  void open() {
    state = State.OPEN;
    owner.opened();
    acknowledged = parameters.isNegotiated();
    if (!parameters.isNegotiated() && !sendDcep(DcepMessage.Open.of(parameters))) {
      closed(false, "the association takes no messages");
      return;
    }
    listener.onOpen();
  }

  /** The peer announced this channel; its listener comes with {@link #accepted}. */
  boolean accept() {
    state = State.OPEN;
    owner.opened();
    acknowledged = true;
    return sendDcep(new DcepMessage.Ack());
  }

  void accepted(ChannelListener incoming) {
    listener = incoming;
    if (state == State.OPEN) {
      listener.onOpen();
    }
  }

  private boolean sendDcep(DcepMessage message) {
    byte[] bytes = message.toBytes();
    // RFC 8832 section 6: DCEP is sent ordered and reliably.
    if (!owner.transport().send(id, PayloadProtocol.DCEP, bytes, false, -1, -1)) {
      return false;
    }
    queued.queueDcep(bytes.length);
    return true;
  }

  /** The peer has acknowledged the channel, expressly or by using it. */
  void acknowledge() {
    acknowledged = true;
  }

  void receive(long ppid, byte[] message) throws MalformedPacketException {
    acknowledge();
    boolean isText = PayloadProtocol.isText(ppid);
    if (PayloadProtocol.isEmpty(ppid)) {
      owner.swallow(message.length - 1); // the one byte counts until the user has the message
      deliver(isText, EMPTY);
    } else if (PayloadProtocol.isPartial(ppid) || partial != null) {
      receivePart(isText, PayloadProtocol.isPartial(ppid), message);
    } else {
      deliver(isText, message);
    }
  }

  private void deliver(boolean isText, byte[] message) {
    counters.received(message.length);
    listener.onMessage(isText, message);
  }

  private void receivePart(boolean isText, boolean moreFollow, byte[] part)
      throws MalformedPacketException {
    PartialMessage whole = partial == null ? new PartialMessage(isText) : partial;
    partial = whole;
    whole.append(isText, part);
    if (!moreFollow) {
      partial = null;
      deliver(isText, whole.toBytes());
    }
  }

  void onSent(int bytes) {
    QueuedBytes.Sent sent = queued.send(bytes);
    if ((sent.bytes() > 0 || sent.messages() > 0) && state != State.CLOSED) {
      listener.onSent(sent.bytes(), sent.messages());
    }
    if (state == State.CLOSING) {
      resetWhenSent();
    }
  }

  /** RFC 8831 section 6.7: our side is reset when what was queued is sent. */
  private void resetWhenSent() {
    if (resetAttempts == 0 && queued.isAllSent()) {
      requestReset();
    }
  }

  private void requestReset() {
    resetAttempts++;
    owner.transport().resetStreams(new int[] {id});
  }

  /** An error on this channel: both directions are reset and it closes with the reason. */
  void fail(String reason) {
    if (state == State.OPEN) {
      failure = reason;
      beginClosing();
    }
  }

  void onIncomingReset() {
    incomingReset = true;
    if (state == State.OPEN) {
      beginClosing();
    }
    closeWhenReset();
  }

  /** W3C WebRTC section 6.2.4: what is queued is awaited only when the user closed the channel. */
  private void beginClosing() {
    leaveOpen();
    listener.onClosing();
    if (state == State.CLOSING && resetAttempts == 0) {
      requestReset();
    }
  }

  private void leaveOpen() {
    state = State.CLOSING;
    PartialMessage unfinished = partial;
    partial = null;
    if (unfinished != null) {
      owner.swallow(unfinished.length());
    }
  }

  void onOutgoingReset(boolean performed) {
    if (state != State.CLOSING) {
      return;
    }
    if (performed) {
      outgoingReset = true;
      closeWhenReset();
    } else if (resetAttempts < MAX_RESET_ATTEMPTS) {
      requestReset();
    } else {
      owner.abandonId(id);
      closed(false, "the peer does not reset the stream");
    }
  }

  private void closeWhenReset() {
    if (state == State.CLOSING && incomingReset && outgoingReset) {
      closed(failure == null, failure == null ? "" : failure);
    }
  }

  /** The end, for whatever reason. */
  void closed(boolean orderly, String reason) {
    if (state == State.CLOSED) {
      return;
    }
    if (state != State.CONNECTING) {
      owner.closed();
    }
    leaveOpen();
    state = State.CLOSED;
    owner.forget(this);
    listener.onClosed(orderly, reason);
    owner.replayEarly(id);
  }
}
