package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/** STUN messages that wait for the owner of the sockets. */
final class Outbox {

  /** More than one call of the agent makes; an owner that does not drain loses the newest. */
  private static final int MAX_MESSAGES = 256;

  private record Message(byte[] bytes, PathId path, InetSocketAddress to) {}

  private final ArrayDeque<Message> messages = new ArrayDeque<>(2);

  void add(byte[] bytes, PathId path, InetSocketAddress to) {
    if (messages.size() < MAX_MESSAGES) {
      messages.add(new Message(bytes, path, to));
    }
  }

  boolean poll(Transmit out) {
    Message message = messages.poll();
    if (message == null) {
      return false;
    }
    System.arraycopy(message.bytes, 0, out.buffer, 0, message.bytes.length);
    out.length = message.bytes.length;
    out.path = message.path;
    out.to = message.to;
    return true;
  }

  void clear() {
    messages.clear();
  }
}
