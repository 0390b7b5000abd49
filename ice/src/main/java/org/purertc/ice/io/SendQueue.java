package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The way out of one port: datagrams go straight to the kernel; those that it does not take now
 * wait here, in order and bounded. What it refuses with an error, and what does not fit, is lost as
 * on the network, and counted.
 */
final class SendQueue {

  /** The kernel's side: a non-blocking channel. */
  @FunctionalInterface
  interface Wire {

    /** Returns 0 when the kernel has no room now. */
    int send(ByteBuffer datagram, SocketAddress to) throws IOException;
  }

  private record Waiting(byte[] bytes, InetSocketAddress to) {}

  private final Wire wire;
  private final ByteBuffer scratch;
  private final int maxWaitingBytes;
  private final Queue<Waiting> queue = new ArrayDeque<>(0);
  private int waitingBytes;
  private long lostDatagrams;

  /**
   * @param scratch a direct buffer that holds the largest datagram; may be shared on the loop
   */
  SendQueue(Wire wire, ByteBuffer scratch, int maxWaitingBytes) {
    this.wire = wire;
    this.scratch = scratch;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int waitingBytes() {
    return waitingBytes;
  }

  long lostDatagrams() {
    return lostDatagrams;
  }

  /** Sends or keeps the datagram; returns false while datagrams wait for the kernel. */
  boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    if (length > scratch.capacity()) {
      lostDatagrams++;
      return isEmpty();
    }
    if (isEmpty() && reachesKernel(buffer, offset, length, to)) {
      return true;
    }
    // An empty queue takes any datagram, so that one larger than the bound is not stuck for ever.
    if (!isEmpty() && waitingBytes + length > maxWaitingBytes) {
      lostDatagrams++;
      return false;
    }
    byte[] copy = new byte[length];
    System.arraycopy(buffer, offset, copy, 0, length);
    queue.add(new Waiting(copy, to));
    waitingBytes += length;
    return false;
  }

  /** The kernel has room again: sends what waits. Returns whether nothing waits any more. */
  boolean flush() {
    for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
      if (!reachesKernel(next.bytes, 0, next.bytes.length, next.to)) {
        return false;
      }
      queue.remove();
      waitingBytes -= next.bytes.length;
    }
    return true;
  }

  void clear() {
    queue.clear();
    waitingBytes = 0;
  }

  /** Whether the datagram is off our hands: sent, or lost to an error. */
  private boolean reachesKernel(byte[] buffer, int offset, int length, InetSocketAddress to) {
    scratch.clear();
    scratch.put(buffer, offset, length);
    scratch.flip();
    try {
      return wire.send(scratch, to) > 0 || length == 0;
    } catch (IOException | IllegalArgumentException refused) {
      // EPERM, ENETUNREACH, EADDRNOTAVAIL, ENOBUFS, EMSGSIZE, an ICMP error of an earlier datagram,
      // or (IllegalArgumentException) an address of the other family.
      lostDatagrams++;
      return true;
    }
  }
}
