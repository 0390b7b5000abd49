package org.purertc.internal.peer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsListener;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.DtlsState;
import org.purertc.dtls.DtlsTransport;
import org.purertc.dtls.Fingerprint;
import org.purertc.ice.io.Loop;
import org.purertc.internal.jsep.NegotiatedTransport;

/**
 * DTLS over one path: the association in use, and the change to another one, RFC 8842. Loop thread
 * only.
 */
final class DtlsPath {

  /** Who hears of it. */
  interface Owner {
    void sendRecord(byte[] buffer, int offset, int length);

    /** A handshake has ended well; the state follows. */
    void onSession(DtlsSession session, long nowNs);

    void onDtlsState(DtlsState state, String reason);

    /** Decrypted application data; the buffer is valid during the call only. */
    void onData(byte[] buffer, int offset, int length, long nowNs);
  }

  private static final int HANDSHAKE = 22;
  private static final int RECORD_HEADER_BYTES = 13;

  private final Loop loop;
  private final DtlsFactory factory;
  private final Owner owner;
  private @Nullable Association current;
  private @Nullable DtlsRole role;
  private @Nullable DtlsSession session;
  private DtlsState state = DtlsState.NEW;

  /** Whether there was another association before this one. */
  private boolean renewed;

  /** Whether the new association belongs to a path that ICE is still to find. */
  private boolean awaitsPath;

  private boolean closed;

  DtlsPath(Loop loop, DtlsFactory factory, Owner owner) {
    this.loop = loop;
    this.factory = factory;
    this.owner = owner;
  }

  DtlsState state() {
    return state;
  }

  @Nullable DtlsRole role() {
    return role;
  }

  /** What the last handshake agreed on; null before its end. */
  @Nullable DtlsSession session() {
    return session;
  }

  /** How to know the remote, and who speaks first. */
  void remote(NegotiatedTransport remote) {
    association()
        .transport
        .setRemoteFingerprints(remote.fingerprints().stream().map(DtlsPath::fingerprint).toList());
    if (remote.roleKnown() && role == null) {
      role = remote.dtlsClient() ? DtlsRole.CLIENT : DtlsRole.SERVER;
    }
  }

  /**
   * RFC 8842 section 3.1: another association takes the place of the present one.
   *
   * <p>That one ends without a word. A remote that renews its own has not heard yet that we agree,
   * and would take close_notify for the end of the call; another remote is not behind the new path.
   *
   * @param onAnotherPath whether ICE begins anew as well: the remote is behind the path to come
   */
  void renew(boolean onAnotherPath) {
    Association old = current;
    current = null;
    role = null;
    renewed = true;
    awaitsPath = onAnotherPath;
    if (old != null) {
      old.transport.close();
    }
    setState(DtlsState.NEW, "");
  }

  /** ICE has found a path, the first one or another. */
  void pathSelected() {
    awaitsPath = false;
  }

  /** Begins the handshake when all that it needs is there. */
  void start(long roundTripNs, long nowNs) {
    if (role != null && state == DtlsState.NEW && !awaitsPath) {
      setState(DtlsState.CONNECTING, "");
      DtlsTransport transport = association().transport;
      transport.handshakeRoundTrip(roundTripNs);
      transport.start(role, nowNs);
    }
  }

  void receive(byte[] buffer, int offset, int length, long nowNs) {
    // What the old association still sends would take the room that is kept for a hello.
    boolean stray = renewed && state == DtlsState.NEW && !isHello(buffer, offset, length);
    if (!stray) {
      association().transport.receive(buffer, offset, length, nowNs);
    }
  }

  /** RFC 6347 section 4.1: a handshake record of epoch 0, before there are keys. */
  private static boolean isHello(byte[] buffer, int offset, int length) {
    return length > RECORD_HEADER_BYTES
        && buffer[offset] == HANDSHAKE
        && buffer[offset + 3] == 0
        && buffer[offset + 4] == 0;
  }

  /** Encrypts and sends; only when connected. */
  void send(byte[] buffer, int offset, int length) {
    association().transport.send(buffer, offset, length);
  }

  /** Sends close_notify; nothing is reported after it. */
  void close() {
    closed = true;
    if (current != null) {
      current.transport.close();
    }
  }

  private Association association() {
    Association association = current;
    if (association == null) {
      association = new Association();
      current = association;
    }
    return association;
  }

  private void setState(DtlsState next, String reason) {
    if (!closed && state != next) {
      state = next;
      owner.onDtlsState(next, reason);
    }
  }

  /** RFC 8122 section 5: the name of the hash function and the value, upper-case by grammar. */
  private static Fingerprint fingerprint(String text) {
    int space = text.indexOf(' ');
    return new Fingerprint(
        text.substring(0, space).toLowerCase(Locale.ROOT),
        text.substring(space + 1).trim().toUpperCase(Locale.ROOT));
  }

  /** One association; when another has taken its place, what it says is of no concern any more. */
  private final class Association implements DtlsListener {
    final DtlsTransport transport = factory.create(loop, this::sendRecord, this);

    private boolean isCurrent() {
      return current == this;
    }

    private void sendRecord(byte[] buffer, int offset, int length) {
      if (isCurrent()) {
        owner.sendRecord(buffer, offset, length);
      }
    }

    @Override
    public void onConnected(DtlsSession agreed, long nowNs) {
      if (isCurrent() && !closed) {
        session = agreed;
        owner.onSession(agreed, nowNs);
        setState(DtlsState.CONNECTED, "");
      }
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {
      if (isCurrent()) {
        owner.onData(buffer, offset, length, nowNs);
      }
    }

    @Override
    public void onFailed(String reason) {
      if (isCurrent()) {
        setState(DtlsState.FAILED, reason);
      }
    }

    @Override
    public void onClosed() {
      if (isCurrent()) {
        setState(DtlsState.CLOSED, "the remote peer closed the connection");
      }
    }
  }
}
