package org.purertc.ice;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Network;

/**
 * Tells for each datagram of one port whose it is: requests by the ufrag that they name, responses
 * by their transaction, application data by the address that was validated. Today each transport
 * has ports of its own and is the only one here; a shared port has many.
 */
final class UfragRouter implements Network.DatagramReceiver {

  /** RFC 7983: STUN has a first byte of 0 to 3. */
  private static final int LAST_STUN_FIRST_BYTE = 3;

  /** RFC 8489 section 5. */
  private static final int STUN_HEADER_BYTES = 20;

  /** RFC 8489 section 5: the two class bits; 00 request, 01 indication, 10 and 11 responses. */
  private static final int CLASS_RESPONSE_BIT = 0x01;

  private static final int CLASS_INDICATION_BIT = 0x10;

  /** RFC 8489 section 14.3. */
  private static final int USERNAME = 0x0006;

  /** One transport on this port. */
  interface Session {

    /** Whether a request with this ufrag is for it; during a restart there are two. */
    boolean answersTo(String ufrag);

    /** Returns false when the message is no answer to a transaction of this session. */
    boolean receiveStun(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs);

    boolean isValidated(PathId path, InetSocketAddress from);

    void receiveData(byte[] buffer, int offset, int length, long nowNs);

    void onWritable(long nowNs);
  }

  private final PathId path;
  private final List<Session> sessions = new ArrayList<>(1);
  private long droppedDatagrams;

  UfragRouter(PathId path) {
    this.path = path;
  }

  void add(Session session) {
    sessions.add(session);
  }

  /** Datagrams that belong to nobody here. */
  long droppedDatagrams() {
    return droppedDatagrams;
  }

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    if (length == 0) {
      droppedDatagrams++;
    } else if ((buffer[offset] & 0xff) <= LAST_STUN_FIRST_BYTE) {
      routeStun(buffer, offset, length, from, nowNs);
    } else {
      routeData(buffer, offset, length, from, nowNs);
    }
  }

  @Override
  public void onWritable(long nowNs) {
    for (int i = 0; i < sessions.size(); i++) {
      sessions.get(i).onWritable(nowNs);
    }
  }

  private void routeStun(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    if (length < STUN_HEADER_BYTES) {
      droppedDatagrams++;
      return;
    }
    boolean request =
        (buffer[offset] & CLASS_RESPONSE_BIT) == 0
            && (buffer[offset + 1] & CLASS_INDICATION_BIT) == 0;
    String ufrag = request ? requestedUfrag(buffer, offset, length) : null;
    for (int i = 0; i < sessions.size(); i++) {
      Session session = sessions.get(i);
      boolean mayBeIts = !request || ufrag != null && session.answersTo(ufrag);
      if (mayBeIts && session.receiveStun(buffer, offset, length, path, from, nowNs)) {
        return;
      }
    }
    droppedDatagrams++;
  }

  private void routeData(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    for (int i = 0; i < sessions.size(); i++) {
      Session session = sessions.get(i);
      if (session.isValidated(path, from)) {
        session.receiveData(buffer, offset, length, nowNs);
        return;
      }
    }
    droppedDatagrams++;
  }

  /**
   * What stands before the colon of USERNAME: RFC 8445 section 7.2.2, the fragment of the side that
   * is asked. Null when there is none or the message is malformed.
   */
  static @Nullable String requestedUfrag(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int at = offset + STUN_HEADER_BYTES;
    while (at + 4 <= end) {
      int type = u16(buffer, at);
      int valueBytes = u16(buffer, at + 2);
      int value = at + 4;
      if (value + valueBytes > end) {
        return null;
      }
      if (type == USERNAME) {
        return beforeColon(buffer, value, valueBytes);
      }
      // RFC 8489 section 14: attributes are padded to a multiple of four bytes.
      at = value + ((valueBytes + 3) & ~3);
    }
    return null;
  }

  private static @Nullable String beforeColon(byte[] buffer, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[offset + i] == ':') {
        return new String(buffer, offset, i, StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  private static int u16(byte[] buffer, int offset) {
    return (buffer[offset] & 0xff) << 8 | (buffer[offset + 1] & 0xff);
  }
}
