package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One session's place on a {@link SharedPort}. All on the session's loop. */
final class RoutedSession implements HostPort {

  /** More than one check for each pair of a full check list, sent once. */
  static final int MAX_TRANSACTIONS = 256;

  private static final int USUAL_TRANSACTIONS = 2;

  /** A remote side has few addresses at a time; what is older may be validated anew. */
  static final int MAX_ADDRESSES = 32;

  private final SharedPort.LoopEnd end;
  private final Session session;
  private final PathId path;
  private final List<String> ufrags = new ArrayList<>(1);
  private final List<InetSocketAddress> addresses = new ArrayList<>(1);

  /** The latest of our transactions, a ring; 0 is none. */
  private long[] transactions = new long[USUAL_TRANSACTIONS];

  private int nextTransaction;
  private boolean closed;

  RoutedSession(SharedPort.LoopEnd end, Session session, PathId path) {
    this.end = end;
    this.session = session;
    this.path = path;
  }

  SharedPort.LoopEnd end() {
    return end;
  }

  @Override
  public void register(String ufrag) {
    end.port().router().register(ufrag, this);
    ufrags.add(ufrag);
  }

  @Override
  public void unregister(String ufrag) {
    end.port().router().unregister(ufrag, this);
    ufrags.remove(ufrag);
  }

  /** What the router found to be ours. */
  void receive(byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    if (closed) {
      return;
    }
    if (StunHeader.isStun(buffer, offset, length)) {
      receiveStun(buffer, offset, length, from, nowNs);
    } else if (session.isValidated(path, from)) {
      session.receiveData(buffer, offset, length, nowNs);
    }
  }

  private void receiveStun(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    UfragRouter router = end.port().router();
    if (!router.isFree(from, this, nowNs)) {
      session.onAddressInUse(from);
      return;
    }
    boolean taken = session.receiveStun(buffer, offset, length, path, from, nowNs);
    // The session may have closed itself; and a STUN or TURN server's address is nobody's.
    if (taken && !closed && session.isValidated(path, from)) {
      boolean answer = StunHeader.isResponse(buffer, offset);
      if (router.claim(from, this, answer, nowNs)) {
        remember(from);
      }
    }
  }

  private void remember(InetSocketAddress address) {
    addresses.remove(address);
    if (addresses.size() == MAX_ADDRESSES) {
      end.port().router().release(addresses.remove(0), this);
    }
    addresses.add(address);
  }

  void onWritable(long nowNs) {
    if (!closed) {
      session.onWritable(nowNs);
    }
  }

  @Override
  public InetSocketAddress localAddress() {
    return end.port().localAddress();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    if (closed) {
      return true;
    }
    if (StunHeader.isStun(buffer, offset, length) && StunHeader.isRequest(buffer, offset)) {
      asked(StunHeader.transaction(buffer, offset));
    }
    return end.send(this, buffer, offset, length, to);
  }

  private void asked(long transaction) {
    UfragRouter router = end.port().router();
    if (!router.asked(transaction, this)) {
      return;
    }
    long oldest = transactions[nextTransaction];
    if (oldest != 0 && router.isUnanswered(oldest, this)) {
      if (transactions.length < MAX_TRANSACTIONS) {
        grow();
      } else {
        router.forget(oldest, this);
      }
    }
    transactions[nextTransaction] = transaction;
    nextTransaction = (nextTransaction + 1) % transactions.length;
  }

  /** Unrolls the ring, oldest first. */
  private void grow() {
    int size = transactions.length;
    long[] larger = Arrays.copyOfRange(transactions, nextTransaction, nextTransaction + 2 * size);
    System.arraycopy(transactions, 0, larger, size - nextTransaction, nextTransaction);
    transactions = larger;
    nextTransaction = size;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    UfragRouter router = end.port().router();
    ufrags.forEach(ufrag -> router.unregister(ufrag, this));
    addresses.forEach(address -> router.release(address, this));
    for (long transaction : transactions) {
      router.forget(transaction, this);
    }
    end.port().leave(this);
  }
}
