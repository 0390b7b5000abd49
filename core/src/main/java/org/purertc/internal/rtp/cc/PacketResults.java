package org.purertc.internal.rtp.cc;

import java.util.Arrays;

/**
 * What one feedback says of packets that were sent: those that arrived, in the order in which they
 * did, and how many did not. One is used again and again.
 */
final class PacketResults {
  /** How far a packet is moved for its arrival; feedback that is all out of order stays cheap. */
  private static final int MAX_REORDERING = 64;

  private long[] sentNs = new long[64];
  private long[] arrivalNs = new long[64];
  private int[] bytes = new int[64];
  private int[] untrackedBytes = new int[64];
  private int[] probeClusterIds = new int[64];
  private int arrived;
  private int lost;

  void clear() {
    arrived = 0;
    lost = 0;
  }

  void addLost() {
    lost++;
  }

  void addArrived(SentPackets.Packet packet, long arrivedNs) {
    if (arrived == sentNs.length) {
      grow();
    }
    int at = arrived;
    int least = Math.max(0, arrived - MAX_REORDERING);
    while (at > least && arrivalNs[at - 1] > arrivedNs) {
      at--;
    }
    int behind = arrived - at;
    System.arraycopy(sentNs, at, sentNs, at + 1, behind);
    System.arraycopy(arrivalNs, at, arrivalNs, at + 1, behind);
    System.arraycopy(bytes, at, bytes, at + 1, behind);
    System.arraycopy(untrackedBytes, at, untrackedBytes, at + 1, behind);
    System.arraycopy(probeClusterIds, at, probeClusterIds, at + 1, behind);
    sentNs[at] = packet.sentNs;
    arrivalNs[at] = arrivedNs;
    bytes[at] = packet.bytes;
    untrackedBytes[at] = packet.untrackedBytes;
    probeClusterIds[at] = packet.probeClusterId;
    arrived++;
  }

  private void grow() {
    sentNs = Arrays.copyOf(sentNs, 2 * arrived);
    arrivalNs = Arrays.copyOf(arrivalNs, 2 * arrived);
    bytes = Arrays.copyOf(bytes, 2 * arrived);
    untrackedBytes = Arrays.copyOf(untrackedBytes, 2 * arrived);
    probeClusterIds = Arrays.copyOf(probeClusterIds, 2 * arrived);
  }

  int arrived() {
    return arrived;
  }

  /** Packets that did not arrive and were not known to be lost. */
  int lost() {
    return lost;
  }

  long sentNs(int index) {
    return sentNs[index];
  }

  /** By the clock of who received it. */
  long arrivalNs(int index) {
    return arrivalNs[index];
  }

  int bytes(int index) {
    return bytes[index];
  }

  /** What was sent since the packet before, and of which no feedback will speak. */
  int untrackedBytes(int index) {
    return untrackedBytes[index];
  }

  int probeClusterId(int index) {
    return probeClusterIds[index];
  }
}
