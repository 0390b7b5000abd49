package org.purertc.internal.datachannel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The data channels of one association: ids, DCEP, delivery, closing. Loop thread only.
 *
 * <p>A message is handed to {@link ChannelListener#onMessage}; the owner of the association is told
 * what was consumed by whoever received it, not by this class, except for what this class itself
 * swallows ({@link Listener#onSwallowed}).
 */
public final class DataChannels {

  /** What the owner must know. */
  public interface Listener {
    /** The peer opened a channel: returns who listens to it from now on. */
    ChannelListener onIncoming(DataChannel channel);

    /** Received bytes that nobody gets (DCEP, unknown streams): the window may open. */
    void onSwallowed(int bytes);
  }

  private final DataTransport transport;
  private final Listener listener;
  private final StreamIds ids = new StreamIds();
  private final EarlyMessages early = new EarlyMessages();

  /** By stream, also those that are closing. */
  private final Map<Integer, DataChannel> channels = new HashMap<>();

  /** Not open yet, in the order of their creation. */
  private final Set<DataChannel> connecting = new LinkedHashSet<>();

  private boolean connected;
  private boolean ended;
  private int outboundStreams = StreamIds.LIMIT;
  private long malformedMessages;
  private int created;
  private long opened;
  private long closed;

  public DataChannels(DataTransport transport, Listener listener) {
    this.transport = transport;
    this.listener = listener;
  }

  /** Those of the association after this one; numbers and counts go on. */
  public DataChannels successor() {
    DataChannels next = new DataChannels(transport, listener);
    next.created = created;
    next.opened = opened;
    next.closed = closed;
    return next;
  }

  /**
   * Creates a channel; it opens once the association is connected. When it is, {@link
   * ChannelListener#onId} and {@link ChannelListener#onOpen} come from inside this call.
   *
   * @throws IllegalStateException when the negotiated id is in use or no id is left
   */
  public DataChannel create(ChannelParameters parameters, ChannelListener channelListener) {
    if (ended) {
      throw new IllegalStateException("the association has ended: no data channel can be created");
    }
    DataChannel channel = new DataChannel(this, parameters, channelListener);
    if (parameters.isNegotiated()) {
      takeNegotiatedId(channel);
    } else if (ids.isParityKnown() && !takeNextId(channel)) {
      throw new IllegalStateException(
          "no stream id is left for another data channel: close one first");
    }
    connecting.add(channel);
    if (channel.id() >= 0 && !parameters.isNegotiated()) {
      channel.announceId();
    }
    openWhenReady(channel);
    return channel;
  }

  private void takeNegotiatedId(DataChannel channel) {
    int id = channel.parameters().negotiatedId();
    if (id >= Math.min(outboundStreams, StreamIds.LIMIT)) {
      throw new IllegalStateException(
          "negotiated id " + id + " is not below " + outboundStreams + ", the number of streams");
    }
    if (ids.isTaken(id)) {
      throw new IllegalStateException(
          "negotiated id " + id + " is in use: choose another or wait until its channel is closed");
    }
    ids.take(id);
    register(channel, id);
  }

  private boolean takeNextId(DataChannel channel) {
    int id = ids.takeNext(Math.min(outboundStreams, StreamIds.LIMIT));
    if (id < 0) {
      return false;
    }
    register(channel, id);
    return true;
  }

  private void register(DataChannel channel, int id) {
    channel.assignId(id);
    channels.put(id, channel);
  }

  /** RFC 8832 section 6: the DTLS client takes even ids, the server odd ones. */
  public void onDtlsRole(boolean client) {
    if (ids.isParityKnown()) {
      return;
    }
    ids.assignParity(client);
    for (DataChannel channel : List.copyOf(connecting)) {
      if (channel.id() >= 0 || !channel.isConnecting()) {
        continue;
      }
      if (takeNextId(channel)) {
        channel.announceId();
        openWhenReady(channel);
      } else {
        channel.closed(false, "no stream id is left");
      }
    }
  }

  public void onConnected(int outbound, int inbound) {
    connected = true;
    outboundStreams = outbound;
    for (DataChannel channel : List.copyOf(connecting)) {
      openWhenReady(channel);
    }
  }

  private void openWhenReady(DataChannel channel) {
    if (!connected || channel.id() < 0 || !channel.isConnecting()) {
      return;
    }
    if (channel.id() >= outboundStreams) {
      channel.closed(
          false,
          "stream " + channel.id() + " is not among the " + outboundStreams + " of the peer");
      return;
    }
    connecting.remove(channel);
    channel.open();
    replayEarly(channel.id());
  }

  public void onMessage(int streamId, long ppid, byte[] message) {
    DataChannel channel = channels.get(streamId);
    if (ended) {
      swallow(message.length);
    } else if (channel != null && channel.isIncomingReset()) {
      keepEarly(streamId, ppid, message);
    } else if (ppid == PayloadProtocol.DCEP) {
      onDcep(streamId, channel, message);
    } else if (!PayloadProtocol.isUserData(ppid)) {
      swallow(message.length);
    } else if (channel == null || channel.isConnecting()) {
      keepEarly(streamId, ppid, message);
    } else {
      deliver(channel, ppid, message);
    }
  }

  /** W3C WebRTC section 6.2: a message for a channel that is not open is discarded. */
  private void deliver(DataChannel channel, long ppid, byte[] message) {
    if (!channel.isOpen()) {
      swallow(message.length);
      return;
    }
    try {
      channel.receive(ppid, message);
    } catch (MalformedPacketException e) {
      malformedMessages++;
      swallow(message.length);
      channel.fail("malformed message: " + e.getMessage());
    }
  }

  private void keepEarly(int streamId, long ppid, byte[] message) {
    // An id that was given up (its reset was denied) has no channel and never will.
    boolean isAbandoned = ids.isTaken(streamId) && !channels.containsKey(streamId);
    if (isAbandoned || !early.keep(streamId, ppid, message)) {
      swallow(message.length);
    }
  }

  void replayEarly(int streamId) {
    if (streamId < 0 || ended) {
      return;
    }
    for (EarlyMessages.Early kept : early.take(streamId)) {
      onMessage(streamId, kept.ppid(), kept.message());
    }
  }

  private void onDcep(int streamId, @Nullable DataChannel channel, byte[] message) {
    swallow(message.length);
    try {
      DcepMessage dcep = DcepMessage.parse(message);
      if (dcep instanceof DcepMessage.Open open) {
        onOpenMessage(streamId, channel, open);
      } else if (channel != null) {
        channel.acknowledge();
      }
    } catch (MalformedPacketException e) {
      malformedMessages++;
      refuse(streamId, channel, "malformed DCEP message: " + e.getMessage());
    }
  }

  private void onOpenMessage(int streamId, @Nullable DataChannel existing, DcepMessage.Open open) {
    // RFC 8832 section 6: an OPEN on a stream in use or of the wrong parity closes the channel and
    // is not acknowledged.
    if (existing != null || ids.isTaken(streamId)) {
      refuse(streamId, existing, "the peer opened a channel on stream " + streamId + " in use");
      return;
    }
    if (!ids.isOfPeer(streamId) || streamId >= outboundStreams) {
      refuse(streamId, null, "stream " + streamId + " is not the peer's to open");
      return;
    }
    DataChannel channel = new DataChannel(this, open.parameters(), NoListener.INSTANCE);
    ids.take(streamId);
    register(channel, streamId);
    if (!channel.accept()) {
      channel.closed(false, "the association takes no messages");
      return;
    }
    channel.accepted(listener.onIncoming(channel));
    replayEarly(streamId);
  }

  /** Closes the stream, with the channel on it if there is one. */
  private void refuse(int streamId, @Nullable DataChannel channel, String reason) {
    if (channel != null && channel.isConnecting()) {
      channel.closed(false, reason);
    } else if (channel != null) {
      channel.fail(reason);
    } else if (!ids.isTaken(streamId) && streamId < Math.min(outboundStreams, StreamIds.LIMIT)) {
      ChannelParameters nameless = new ChannelParameters("", "", true, -1, -1, streamId);
      DataChannel refused = new DataChannel(this, nameless, NoListener.INSTANCE);
      ids.take(streamId);
      register(refused, streamId);
      refused.open();
      refused.fail(reason);
    }
  }

  public void onSent(int streamId, int bytes) {
    DataChannel channel = channels.get(streamId);
    if (channel != null) {
      channel.onSent(bytes);
    }
  }

  public void onIncomingStreamsReset(int[] streamIds) {
    for (int id : streamIds) {
      DataChannel channel = channels.get(id);
      if (channel == null || channel.isConnecting()) {
        swallow(EarlyMessages.bytesOf(early.take(id)));
      } else {
        channel.onIncomingReset();
      }
    }
  }

  public void onOutgoingStreamsReset(int[] streamIds, boolean performed) {
    for (int id : streamIds) {
      DataChannel channel = channels.get(id);
      if (channel != null) {
        channel.onOutgoingReset(performed);
      }
    }
  }

  public void onOutboundStreams(int outbound) {
    outboundStreams = outbound;
  }

  /** The association ended: every channel closes, in the order of their ids. */
  public void onAssociationClosed(boolean orderly, String reason) {
    if (ended) {
      return;
    }
    ended = true;
    List<DataChannel> all = new ArrayList<>(channels.values());
    all.sort(Comparator.comparingInt(DataChannel::id));
    connecting.stream().filter(channel -> channel.id() < 0).forEach(all::add);
    for (DataChannel channel : all) {
      channel.closed(orderly, reason);
    }
  }

  public @Nullable DataChannel channel(int streamId) {
    return channels.get(streamId);
  }

  /** Messages against RFC 8831 or RFC 8832 so far. */
  public long malformedMessages() {
    return malformedMessages;
  }

  /** Those that are not closed. */
  public List<DataChannel> all() {
    Set<DataChannel> all = new LinkedHashSet<>(channels.values());
    all.addAll(connecting);
    return List.copyOf(all);
  }

  /** W3C's dataChannelsOpened: those that were open once. */
  public long openedChannels() {
    return opened;
  }

  /** W3C's dataChannelsClosed: those that were open once and are closed. */
  public long closedChannels() {
    return closed;
  }

  void opened() {
    opened++;
  }

  void closed() {
    closed++;
  }

  int nextNumber() {
    return ++created;
  }

  DataTransport transport() {
    return transport;
  }

  void swallow(int bytes) {
    if (bytes > 0) {
      listener.onSwallowed(bytes);
    }
  }

  /** The id of a channel that closes without its reset is not used again. */
  void abandonId(int id) {
    channels.remove(id);
  }

  void forget(DataChannel channel) {
    connecting.remove(channel);
    if (channels.remove(channel.id(), channel)) {
      ids.release(channel.id());
    }
  }
}
