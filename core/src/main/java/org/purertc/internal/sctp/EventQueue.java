package org.purertc.internal.sctp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.tx.SendQueue;

/**
 * What the listener is told at the end of the call that caused it, in order.
 *
 * <p>Nothing is told while the association works on a packet, so a listener may call the
 * association again; what that causes is told after the events that already wait.
 */
final class EventQueue implements SendQueue.Listener {
  private static final byte CONNECTED = 0;
  private static final byte MESSAGE = 1;
  private static final byte SENT = 2;
  private static final byte INCOMING_RESET = 3;
  private static final byte OUTGOING_RESET = 4;
  private static final byte RESTARTED = 5;
  private static final byte OUTBOUND_STREAMS = 6;
  private static final byte UNACKNOWLEDGED = 7;
  private static final byte CLOSED = 8;

  private static final int INITIAL_CAPACITY = 8;
  private static final int KEPT_CAPACITY = 256;

  private final SctpListener listener;
  private byte[] kinds = new byte[INITIAL_CAPACITY];
  private int[] numbers = new int[INITIAL_CAPACITY];
  private long[] values = new long[INITIAL_CAPACITY];
  private @Nullable Object[] objects = new Object[INITIAL_CAPACITY];
  private int head;
  private int tail;
  private boolean delivering;

  EventQueue(SctpListener listener) {
    this.listener = listener;
  }

  void connected(int outboundStreams, int inboundStreams) {
    add(CONNECTED, outboundStreams, inboundStreams, null);
  }

  void message(int streamId, long ppid, byte[] message) {
    add(MESSAGE, streamId, ppid, message);
  }

  @Override
  public void onSent(int streamId, int bytes) {
    int last = tail - 1;
    if (last >= head && kinds[last] == SENT && numbers[last] == streamId) {
      values[last] += bytes;
    } else {
      add(SENT, streamId, bytes, null);
    }
  }

  void incomingReset(int[] streamIds) {
    add(INCOMING_RESET, 0, 0, streamIds);
  }

  void outgoingReset(int[] streamIds, boolean performed) {
    add(OUTGOING_RESET, performed ? 1 : 0, 0, streamIds);
  }

  void restarted() {
    add(RESTARTED, 0, 0, null);
  }

  void outboundStreams(int count) {
    add(OUTBOUND_STREAMS, count, 0, null);
  }

  void unacknowledged() {
    add(UNACKNOWLEDGED, 0, 0, null);
  }

  void closed(boolean orderly, String reason) {
    add(CLOSED, orderly ? 1 : 0, 0, reason);
  }

  /** What waits is not told any more. */
  void clear() {
    Arrays.fill(objects, head, tail, null);
    head = 0;
    tail = 0;
  }

  /** Tells what waits; within a listener's call nothing, because the outer call goes on. */
  void deliver() {
    if (delivering || head == tail) {
      return;
    }
    delivering = true;
    try {
      while (head < tail) {
        deliverNext();
      }
    } finally {
      delivering = false;
      if (head == tail) {
        reset();
      }
    }
  }

  private void deliverNext() {
    int i = head++;
    Object object = objects[i];
    objects[i] = null;
    int number = numbers[i];
    long value = values[i];
    switch (kinds[i]) {
      case CONNECTED -> listener.onConnected(number, (int) value);
      case MESSAGE -> listener.onMessage(number, value, (byte[]) present(object));
      case SENT -> listener.onSent(number, (int) value);
      case INCOMING_RESET -> listener.onIncomingStreamsReset((int[]) present(object));
      case OUTGOING_RESET -> listener.onOutgoingStreamsReset((int[]) present(object), number != 0);
      case RESTARTED -> listener.onRestarted();
      case OUTBOUND_STREAMS -> listener.onOutboundStreams(number);
      case UNACKNOWLEDGED -> listener.onUnacknowledged();
      case CLOSED -> listener.onClosed(number != 0, (String) present(object));
      default -> throw new IllegalStateException("event " + kinds[i]);
    }
  }

  private static Object present(@Nullable Object object) {
    if (object == null) {
      throw new IllegalStateException("event without its object");
    }
    return object;
  }

  private void add(byte kind, int number, long value, @Nullable Object object) {
    if (tail == kinds.length) {
      makeRoom();
    }
    kinds[tail] = kind;
    numbers[tail] = number;
    values[tail] = value;
    objects[tail] = object;
    tail++;
  }

  /** Moves what waits to the front, or into larger arrays. */
  private void makeRoom() {
    int waiting = tail - head;
    int capacity = waiting > kinds.length / 2 ? 2 * kinds.length : kinds.length;
    byte[] newKinds = new byte[capacity];
    int[] newNumbers = new int[capacity];
    long[] newValues = new long[capacity];
    Object[] newObjects = new Object[capacity];
    System.arraycopy(kinds, head, newKinds, 0, waiting);
    System.arraycopy(numbers, head, newNumbers, 0, waiting);
    System.arraycopy(values, head, newValues, 0, waiting);
    System.arraycopy(objects, head, newObjects, 0, waiting);
    kinds = newKinds;
    numbers = newNumbers;
    values = newValues;
    objects = newObjects;
    head = 0;
    tail = waiting;
  }

  private void reset() {
    head = 0;
    tail = 0;
    if (kinds.length > KEPT_CAPACITY) {
      kinds = new byte[INITIAL_CAPACITY];
      numbers = new int[INITIAL_CAPACITY];
      values = new long[INITIAL_CAPACITY];
      objects = new Object[INITIAL_CAPACITY];
    }
  }
}
