package org.purertc.samples.signaling.rooms;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.MessageRate;
import org.purertc.samples.signaling.protocol.OutgoingMessages;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;
import org.purertc.samples.signaling.protocol.SessionLimits;

/** A member's presence in a room, which outlives the connections that it comes by. */
final class Session {
  final String token;
  final Room room;
  final MessageRate rate;

  /** Whether it becomes host when the room has none. */
  final boolean mayLead;

  private final SessionLimits limits;
  private final OutgoingMessages outgoing = new OutgoingMessages();
  private Member member;
  private long receivedId;

  /** What was handed to somebody who carries it; it may not have arrived. */
  private long sentId;

  private long contactNs;
  private @Nullable Connection connection;

  Session(
      String token, Room room, Member member, boolean mayLead, SessionLimits limits, long nowNs) {
    this.token = token;
    this.room = room;
    this.member = member;
    this.mayLead = mayLead;
    this.limits = limits;
    rate = new MessageRate(limits.messagesPerSecond(), limits.burstMessages(), nowNs);
    contactNs = nowNs;
  }

  Member member() {
    return member;
  }

  void setMember(Member changed) {
    member = changed;
  }

  void send(ServerMessage message) {
    send(MessageFormat.write(message));
  }

  /**
   * Numbers a message and keeps it until it is acknowledged.
   *
   * @param text without a number: the same for all readers of a broadcast
   */
  void send(String text) {
    // A client that never acknowledges goes on all the same, but resumes only from what is kept.
    while (isFull(text.length()) && outgoing.firstId() <= sentId) {
      outgoing.acknowledge(outgoing.firstId());
    }
    if (outgoing.count() > 0 && isFull(text.length())) {
      room.onTooSlow(this);
      return;
    }
    outgoing.append(text);
    room.counters.onSent();
    if (connection != null) {
      connection.wake();
    }
  }

  private boolean isFull(int moreBytes) {
    return outgoing.count() >= limits.waitingMessages()
        || outgoing.bytes() + moreBytes > limits.waitingBytes();
  }

  /** What follows message {@code id}; null when nothing does. */
  @Nullable String after(long id) {
    String text = outgoing.get(id + 1);
    if (text != null) {
      sentId = Math.max(sentId, id + 1);
    }
    return text;
  }

  List<String> allAfter(long id) {
    List<String> texts = new ArrayList<>();
    for (String text = after(id); text != null; text = after(id + texts.size())) {
      texts.add(text);
    }
    return texts;
  }

  /** The client has everything up to {@code id}. */
  void acknowledge(long id) {
    outgoing.acknowledge(Math.min(id, sentId));
  }

  /**
   * The client goes on after {@code id}.
   *
   * @throws ProtocolException when what follows is no longer kept, or was never said
   */
  void resumeAfter(long id, long nowNs) throws ProtocolException {
    if (!outgoing.canResumeAfter(id)) {
      throw new ProtocolException(
          ErrorCode.UNKNOWN_SESSION, "what follows message " + id + " is not here any more");
    }
    outgoing.acknowledge(id);
    contactNs = nowNs;
  }

  /**
   * Whether message {@code id} is the next one; false when it was there already.
   *
   * @throws ProtocolException when one was left out
   */
  boolean accepts(long id) throws ProtocolException {
    if (id > receivedId + 1) {
      throw new ProtocolException(
          ErrorCode.OUT_OF_ORDER, "message " + (receivedId + 1) + " was left out");
    }
    boolean next = id == receivedId + 1;
    receivedId = Math.max(receivedId, id);
    return next;
  }

  /** The number of the last message of the client. */
  long receivedId() {
    return receivedId;
  }

  /** Messages are pushed to {@code to} from now on, and to no other connection. */
  void attach(Connection to, long nowNs) {
    if (connection != null && connection != to) {
      connection.end(ErrorCode.REPLACED, "the session goes on on another connection");
    }
    connection = to;
    contactNs = nowNs;
  }

  void detach(Connection from, long nowNs) {
    if (connection == from) {
      connection = null;
      contactNs = nowNs;
    }
  }

  void onContact(long nowNs) {
    contactNs = nowNs;
  }

  /** How long nothing was heard of the member; 0 while it has a connection. */
  long silenceNs(long nowNs) {
    return connection == null ? nowNs - contactNs : 0;
  }

  /** Tells the member that its session is over. */
  void end(@Nullable ErrorCode why, String reason) {
    if (connection != null) {
      connection.end(why, reason);
      connection = null;
    }
  }
}
