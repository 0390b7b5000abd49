package org.purertc.samples.signaling.rooms;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ChatLine;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** The members of one room, in the order in which they joined, and its chat. */
final class Room {
  final String name;
  final RoomCounters counters;
  private final int historyLines;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Deque<ChatLine> history = new ArrayDeque<>();
  private final Set<Session> tooSlow = new LinkedHashSet<>();
  private long chatLines;

  Room(String name, int historyLines, RoomCounters counters) {
    this.name = name;
    this.counters = counters;
    this.historyLines = historyLines;
  }

  int size() {
    return sessions.size();
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  List<Member> members() {
    return sessions.values().stream().map(Session::member).toList();
  }

  List<ChatLine> history() {
    return List.copyOf(history);
  }

  @Nullable Session session(String member) {
    return sessions.get(member);
  }

  void add(Session session) {
    sendToOthers(session, new ServerMessage.Joined(session.member()));
    sessions.put(session.member().id(), session);
  }

  void remove(Session session, LeaveReason reason) {
    if (sessions.remove(session.member().id()) == null) {
      return;
    }
    sendToAll(new ServerMessage.Left(session.member().id(), reason));
    boolean hosted =
        sessions.values().stream().anyMatch(it -> it.member().role() == MemberRole.HOST);
    if (!hosted) {
      sessions.values().stream()
          .filter(it -> it.mayLead)
          .findFirst()
          .ifPresent(it -> setRole(it, MemberRole.HOST));
    }
  }

  void setRole(Session of, MemberRole role) {
    if (of.member().role() != role) {
      of.setMember(of.member().withRole(role));
      sendToAll(new ServerMessage.Role(of.member().id(), role));
    }
  }

  void setPresence(Session of, boolean connected, String status) {
    Member before = of.member();
    if (before.connected() != connected || !before.status().equals(status)) {
      of.setMember(before.withPresence(connected, status));
      sendToOthers(of, new ServerMessage.Presence(before.id(), connected, status));
    }
  }

  void chat(Session from, String text, long unixTimeMs) {
    Member member = from.member();
    ChatLine line = new ChatLine(++chatLines, member.id(), member.name(), text, unixTimeMs);
    history.add(line);
    if (history.size() > historyLines) {
      history.remove();
    }
    sendToAll(new ServerMessage.Chat(line));
  }

  /** No more fits into what waits for {@code session}. */
  void onTooSlow(Session session) {
    tooSlow.add(session);
  }

  /** A member whose session has to end; null when there is none. */
  @Nullable Session nextTooSlow() {
    Iterator<Session> first = tooSlow.iterator();
    if (!first.hasNext()) {
      return null;
    }
    Session session = first.next();
    first.remove();
    return session;
  }

  private void sendToAll(ServerMessage message) {
    String text = MessageFormat.write(message);
    sessions.values().forEach(each -> each.send(text));
  }

  void sendToOthers(Session from, ServerMessage message) {
    String text = MessageFormat.write(message);
    for (Session each : sessions.values()) {
      if (each != from) {
        each.send(text);
      }
    }
  }
}
