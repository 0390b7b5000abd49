package org.purertc.dtls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.internal.Agreement;
import org.purertc.dtls.internal.Connection;
import org.purertc.dtls.internal.ConnectionFailedException;
import org.purertc.dtls.internal.DtlsRecord;
import org.purertc.dtls.internal.Endpoint;
import org.purertc.dtls.internal.Handshake;
import org.purertc.dtls.internal.HandshakeObserver;

/**
 * One association on the loop: it keeps what comes too early, lets a borrowed thread do the
 * handshake, compares fingerprints, and then encrypts and decrypts itself.
 */
final class DtlsAssociation implements DtlsTransport {

  /** Records before {@link #start}: a browser's hello in two datagrams, repeated several times. */
  private static final int MAX_RECORDS_BEFORE_START = 32;

  /** Application data before the fingerprints were compared. */
  private static final int MAX_EARLY_RECORDS = 16;

  private static final int FIRST_RETRANSMISSION_MIN_MS = 50;

  /** RFC 6347 section 4.2.4.1: an initial timer value of 1 second. */
  private static final int FIRST_RETRANSMISSION_MAX_MS = 1000;

  /** RFC 6298 section 2.2: the first time-out is three round trips. */
  private static final int ROUND_TRIPS_TO_RETRANSMISSION = 3;

  /** user_canceled, then close_notify, RFC 5246 section 7.2.2; plain, as keys are missing. */
  private static final byte[] CANCELLATION = {
    21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0x7F, 0, 0, 2, 1, 90,
    21, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0x7F, 1, 0, 2, 1, 0
  };

  private final Endpoint endpoint;
  private final Executor loop;
  private final DatagramSink sink;
  private final DtlsListener listener;

  private DtlsState state = DtlsState.NEW;
  private DtlsRole role = DtlsRole.CLIENT;
  private int retransmitAfterMs = FIRST_RETRANSMISSION_MAX_MS;
  private long clockOffsetNs;
  private @Nullable Handshake handshake;
  private @Nullable Connection connection;
  private @Nullable Agreement unverified;
  private byte[] remoteCertificate = {};
  private List<byte[]> early = new ArrayList<>(0);

  /** The borrowed thread reads it. */
  private volatile @Nullable FingerprintSet expected;

  DtlsAssociation(Endpoint endpoint, Executor loop, DatagramSink sink, DtlsListener listener) {
    this.endpoint = endpoint;
    this.loop = loop;
    this.sink = sink;
    this.listener = listener;
  }

  @Override
  public DtlsState state() {
    return state;
  }

  @Override
  public void handshakeRoundTrip(long rttNs) {
    long millis = TimeUnit.NANOSECONDS.toMillis(rttNs) * ROUND_TRIPS_TO_RETRANSMISSION;
    retransmitAfterMs =
        (int) Math.max(FIRST_RETRANSMISSION_MIN_MS, Math.min(millis, FIRST_RETRANSMISSION_MAX_MS));
    if (handshake != null) {
      handshake.retransmitAfter(retransmitAfterMs);
    }
  }

  @Override
  public void start(DtlsRole startRole, long nowNs) {
    if (state == DtlsState.CLOSED) {
      return;
    }
    if (state != DtlsState.NEW) {
      throw new IllegalStateException("start() was called before: the transport is " + state);
    }
    state = DtlsState.CONNECTING;
    role = startRole;
    clockOffsetNs = nowNs - System.nanoTime();
    Handshake.Side side =
        startRole == DtlsRole.CLIENT ? Handshake.Side.CLIENT : Handshake.Side.SERVER;
    Handshake started = new Handshake(endpoint, side, new BorrowedThread(), retransmitAfterMs);
    handshake = started;
    List<byte[]> before = takeEarly();
    started.start();
    for (byte[] record : before) {
      receiveRecord(record, 0, record.length, nowNs);
    }
  }

  @Override
  public void setRemoteFingerprints(List<Fingerprint> fingerprints) {
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException(
          "no fingerprint: the remote description must have an a=fingerprint line");
    }
    FingerprintSet set = new FingerprintSet(fingerprints);
    expected = set;
    if (connection != null) {
      verify(set);
    }
  }

  @Override
  public void receive(byte[] buffer, int offset, int length, long nowNs) {
    int end = offset + length;
    int at = offset;
    while (at < end && state != DtlsState.CLOSED && state != DtlsState.FAILED) {
      int record = DtlsRecord.length(buffer, at, end);
      if (record == 0) {
        return; // RFC 6347 section 4.1.2.7: invalid records should be silently discarded
      }
      if (DtlsRecord.isPlausible(buffer, at, record)) {
        receiveRecord(buffer, at, record, nowNs);
      }
      at += record;
    }
  }

  private void receiveRecord(byte[] buffer, int offset, int length, long nowNs) {
    boolean data = DtlsRecord.type(buffer, offset) == DtlsRecord.APPLICATION_DATA;
    if (state == DtlsState.CONNECTED) {
      decrypt(buffer, offset, length, nowNs);
    } else if (state == DtlsState.NEW) {
      // An alert cannot concern what has not begun: it comes from an earlier association.
      if (data || DtlsRecord.type(buffer, offset) == DtlsRecord.HANDSHAKE) {
        keep(buffer, offset, length, MAX_RECORDS_BEFORE_START);
      }
    } else if (connection != null) {
      // The handshake is over, the fingerprints are still to come.
      if (data) {
        keep(buffer, offset, length, MAX_EARLY_RECORDS);
      } else {
        decrypt(buffer, offset, length, nowNs);
      }
    } else if (data || isEncryptedAlert(buffer, offset)) {
      keep(buffer, offset, length, MAX_EARLY_RECORDS);
    } else if (handshake != null) {
      handshake.receive(buffer, offset, length);
    }
  }

  private static boolean isEncryptedAlert(byte[] buffer, int offset) {
    return DtlsRecord.type(buffer, offset) == DtlsRecord.ALERT
        && DtlsRecord.epoch(buffer, offset) > 0;
  }

  private void keep(byte[] buffer, int offset, int length, int limit) {
    if (early.size() < limit) {
      early.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }
  }

  private List<byte[]> takeEarly() {
    List<byte[]> kept = early;
    early = new ArrayList<>(0);
    return kept;
  }

  private void decrypt(byte[] buffer, int offset, int length, long nowNs) {
    Connection connected = connection;
    if (connected == null) {
      return;
    }
    byte[] plaintext = PlaintextBuffer.take();
    try {
      int bytes = connected.receive(buffer, offset, length, plaintext);
      if (bytes == Connection.CLOSED) {
        end(DtlsState.CLOSED);
        listener.onClosed();
      } else if (bytes > 0) {
        listener.onData(plaintext, 0, bytes, nowNs);
      }
    } catch (ConnectionFailedException e) {
      fail(e.reason());
    } finally {
      PlaintextBuffer.give(plaintext);
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    Connection connected = connection;
    if (state == DtlsState.NEW || state == DtlsState.CONNECTING) {
      throw new IllegalStateException(
          "send() before onConnected: the transport is " + state + ", wait for the event");
    }
    if (length < 1 || length > DtlsRecord.MAX_PLAINTEXT_BYTES) {
      throw new IllegalArgumentException(
          "a record carries 1 to " + DtlsRecord.MAX_PLAINTEXT_BYTES + " bytes, not " + length);
    }
    if (connected == null) {
      return; // ended: lost, as any datagram may be
    }
    try {
      connected.send(buffer, offset, length);
    } catch (ConnectionFailedException e) {
      fail(e.reason());
    }
  }

  @Override
  public void close() {
    Connection connected = connection;
    Handshake running = handshake;
    boolean wasConnecting = state == DtlsState.CONNECTING;
    end(DtlsState.CLOSED);
    if (connected != null) {
      connected.close();
    } else if (running != null && wasConnecting) {
      running.cancel();
      sink.send(CANCELLATION, 0, CANCELLATION.length);
    }
  }

  private void end(DtlsState last) {
    state = state == DtlsState.FAILED ? DtlsState.FAILED : last;
    connection = null;
    handshake = null;
    unverified = null;
    early = List.of();
  }

  private void fail(String reason) {
    end(DtlsState.FAILED);
    listener.onFailed(reason);
  }

  private void handshakeCompleted(Connection connected, Agreement agreement) {
    if (state != DtlsState.CONNECTING) {
      return;
    }
    connection = connected;
    handshake = null;
    unverified = agreement;
    remoteCertificate = agreement.remoteCertificate();
    List<byte[]> kept = new ArrayList<>(connected.attach(sink::send));
    kept.addAll(takeEarly());
    FingerprintSet set = expected;
    if (set != null) {
      verify(set);
    }
    replay(kept);
  }

  private void replay(List<byte[]> records) {
    for (byte[] record : records) {
      if (state != DtlsState.CLOSED && state != DtlsState.FAILED) {
        receiveRecord(record, 0, record.length, nowNs());
      }
    }
  }

  /** RFC 5763 section 5: no data before the certificate was compared with the fingerprints. */
  private void verify(FingerprintSet set) {
    String rejection = set.rejection(remoteCertificate);
    Connection connected = connection;
    if (rejection != null && connected != null) {
      connected.rejectCertificate();
      fail(rejection);
      return;
    }
    Agreement agreement = unverified;
    if (agreement != null) {
      unverified = null;
      state = DtlsState.CONNECTED;
      List<byte[]> kept = takeEarly();
      listener.onConnected(session(agreement), nowNs());
      replay(kept);
    }
  }

  private DtlsSession session(Agreement agreement) {
    return new DtlsSession(
        role, "FEFD", agreement.cipherSuite(), remoteCertificate, srtpKeys(agreement.srtp()));
  }

  /** RFC 5764 section 4.2: client key, server key, client salt, server salt. */
  private static @Nullable SrtpKeys srtpKeys(Agreement.@Nullable Keying keying) {
    if (keying == null) {
      return null;
    }
    byte[] all = keying.material();
    int key = keying.keyBytes();
    int salt = keying.saltBytes();
    return new SrtpKeys(
        keying.profile(),
        Arrays.copyOfRange(all, 0, key),
        Arrays.copyOfRange(all, 2 * key, 2 * key + salt),
        Arrays.copyOfRange(all, key, 2 * key),
        Arrays.copyOfRange(all, 2 * key + salt, 2 * key + 2 * salt));
  }

  /** The owner's clock, for what no call of the owner's brought about. */
  private long nowNs() {
    return System.nanoTime() + clockOffsetNs;
  }

  /** Runs on the borrowed thread and hops to the loop. */
  private final class BorrowedThread implements HandshakeObserver {

    @Override
    public @Nullable String rejection(byte[] certificate) {
      FingerprintSet set = expected;
      return set == null ? null : set.rejection(certificate);
    }

    @Override
    public void send(byte[] datagram) {
      onLoop(() -> sink.send(datagram, 0, datagram.length));
    }

    @Override
    public void completed(Connection connected, Agreement agreement) {
      onLoop(() -> handshakeCompleted(connected, agreement));
    }

    @Override
    public void failed(String reason) {
      onLoop(() -> fail(reason));
    }

    @Override
    public void closed() {
      onLoop(
          () -> {
            end(DtlsState.CLOSED);
            listener.onClosed();
          });
    }

    private void onLoop(Runnable task) {
      try {
        loop.execute(
            () -> {
              if (state == DtlsState.CONNECTING) {
                task.run();
              }
            });
      } catch (RejectedExecutionException e) {
        // The loop has ended, and with it everyone who could be told.
      }
    }
  }
}
