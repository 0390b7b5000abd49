package org.purertc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DatagramSink;
import org.purertc.dtls.DtlsListener;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.DtlsState;
import org.purertc.dtls.DtlsTransport;
import org.purertc.dtls.Fingerprint;
import org.purertc.dtls.SrtpKeys;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Loop.LoopTimer;

/**
 * A double of DTLS 1.2 for virtual time: the same four flights with the same sizes, the same
 * retransmissions and the same overhead of a record, and no cryptography at all. It proves what is
 * above and below DTLS; DTLS itself is proved in its own module.
 */
final class SimDtls implements DtlsTransport {
  private static final int HANDSHAKE = 22;
  private static final int ALERT = 21;
  private static final int DATA = 23;
  private static final byte WARNING = 1;
  private static final byte FATAL = 2;
  private static final int RANDOM_AT = 2;
  private static final int HEADER_BYTES = 21; // record header and explicit nonce
  private static final int TAG_BYTES = 16;
  private static final int MAX_EARLY = 16;
  private static final int[] FLIGHT_BYTES = {0, 210, 780, 690, 90};
  private static final long MS = 1_000_000;

  private final Loop loop;
  private final DatagramSink sink;
  private final DtlsListener listener;
  private final String fingerprint;
  private final Conditions conditions;

  /** What this end puts into the keys, and what the other does. */
  private final byte random;

  private byte remoteRandom;
  private final ArrayDeque<byte[]> early = new ArrayDeque<>();
  private @Nullable LoopTimer timer;
  private @Nullable List<Fingerprint> expected;
  private @Nullable String remoteFingerprint;
  private DtlsState state = DtlsState.NEW;
  private DtlsRole role = DtlsRole.CLIENT;
  private long firstRetransmitNs = 1000 * MS;
  private long retransmitNs;
  private long limitNs = Loop.NEVER;
  private int flight;
  private boolean finished;

  /** What a test wants of it. */
  interface Conditions {
    /** Whether application data is lost although the path is sound. */
    boolean losesData();

    /** Whether a flight of that number is lost; asked each time that one is sent. */
    boolean losesFlight(int number);

    /** What the next association puts into its keys: another number each time. */
    int nextRandom();
  }

  SimDtls(
      Loop loop,
      DatagramSink sink,
      DtlsListener listener,
      String fingerprint,
      Conditions conditions) {
    this.conditions = conditions;
    random = (byte) conditions.nextRandom();
    this.loop = loop;
    this.sink = sink;
    this.listener = listener;
    this.fingerprint = fingerprint;
  }

  @Override
  public void handshakeRoundTrip(long rttNs) {
    firstRetransmitNs = Math.max(50 * MS, Math.min(3 * rttNs, 1000 * MS));
  }

  @Override
  public void start(DtlsRole startRole, long nowNs) {
    role = startRole;
    state = DtlsState.CONNECTING;
    timer = loop.timer(this::onDeadline);
    if (role == DtlsRole.CLIENT) {
      begin(nowNs);
      sendFlight(1);
    }
    replayEarly(nowNs);
  }

  @Override
  public void setRemoteFingerprints(List<Fingerprint> fingerprints) {
    expected = fingerprints;
    connectWhenVerified();
  }

  @Override
  public void receive(byte[] buffer, int offset, int length, long nowNs) {
    int type = buffer[offset];
    if (state == DtlsState.CONNECTED && type != HANDSHAKE && buffer[offset + 5] != keyId()) {
      return; // RFC 6347 section 4.1.2.7: silently discarded
    }
    boolean isFatal = type == ALERT && buffer[offset + HEADER_BYTES] == FATAL;
    boolean isEarlyData = type != HANDSHAKE && state == DtlsState.CONNECTING;
    if (isFatal && (state == DtlsState.CONNECTING || state == DtlsState.CONNECTED)) {
      end(DtlsState.FAILED);
      listener.onFailed("the peer ended the DTLS connection with an alert");
    } else if (state == DtlsState.NEW || isEarlyData) {
      if (early.size() < MAX_EARLY) {
        early.add(Arrays.copyOfRange(buffer, offset, offset + length));
      }
    } else if (type == HANDSHAKE) {
      begin(nowNs);
      onFlight(buffer, offset, length);
    } else if (state == DtlsState.CONNECTED && type == DATA && !conditions.losesData()) {
      listener.onData(buffer, offset + HEADER_BYTES, length - HEADER_BYTES - TAG_BYTES, nowNs);
    } else if (state == DtlsState.CONNECTED && type == ALERT) {
      end(DtlsState.CLOSED);
      listener.onClosed();
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (state != DtlsState.CONNECTED) {
      throw new IllegalStateException("not connected");
    }
    byte[] record = new byte[HEADER_BYTES + length + TAG_BYTES];
    record[0] = DATA;
    record[4] = 1; // epoch
    record[5] = keyId();
    System.arraycopy(buffer, offset, record, HEADER_BYTES, length);
    sink.send(record, 0, record.length);
  }

  @Override
  public DtlsState state() {
    return state;
  }

  @Override
  public void close() {
    if (state == DtlsState.CONNECTED) {
      sendAlert(WARNING);
    }
    end(DtlsState.CLOSED);
  }

  /** Stands for the keys: a record with another is not authentic. */
  private byte keyId() {
    return (byte) (random ^ remoteRandom);
  }

  private void sendAlert(byte level) {
    byte[] alert = new byte[HEADER_BYTES + 2 + TAG_BYTES];
    alert[0] = ALERT;
    alert[4] = (byte) (remoteRandom == 0 ? 0 : 1); // epoch
    alert[5] = keyId();
    alert[HEADER_BYTES] = level;
    sink.send(alert, 0, alert.length);
  }

  /** The limit runs from the first flight: a server waits for its client as long as ICE lives. */
  private void begin(long nowNs) {
    if (limitNs == Loop.NEVER) {
      limitNs = nowNs + 10_000 * MS;
    }
  }

  private void onFlight(byte[] buffer, int offset, int length) {
    if (state != DtlsState.CONNECTING && !finished) {
      return;
    }
    int number = buffer[offset + 1];
    remoteRandom = buffer[offset + RANDOM_AT];
    if (number == 2 || number == 3) {
      String text =
          new String(buffer, offset + HEADER_BYTES, length - HEADER_BYTES, StandardCharsets.UTF_8);
      remoteFingerprint = text.trim();
    }
    switch (number) {
      case 1 -> answer(DtlsRole.SERVER, 2, flight == 0 || flight == 2);
      case 2 -> answer(DtlsRole.CLIENT, 3, flight == 1 || flight == 3);
      case 3 -> {
        answer(DtlsRole.SERVER, 4, flight >= 2);
        finish(DtlsRole.SERVER);
      }
      default -> finish(DtlsRole.CLIENT);
    }
  }

  private void answer(DtlsRole asRole, int number, boolean fits) {
    if (role == asRole && fits) {
      sendFlight(number);
    }
  }

  private void finish(DtlsRole asRole) {
    if (role == asRole && !finished && remoteFingerprint != null) {
      finished = true;
      connectWhenVerified();
    }
  }

  /** No data in either direction before the certificate was compared. */
  private void connectWhenVerified() {
    if (!finished || expected == null || state != DtlsState.CONNECTING) {
      return;
    }
    if (expected.stream().noneMatch(each -> each.value().equals(remoteFingerprint))) {
      fail("the certificate does not match the fingerprint of the description");
      return;
    }
    state = DtlsState.CONNECTED;
    timer().cancel();
    listener.onConnected(
        new DtlsSession(
            role, "FEFD", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", new byte[0], srtpKeys()),
        loop.nowNs());
    replayEarly(loop.nowNs());
  }

  /** The same at both ends, others for each association: AEAD_AES_128_GCM. */
  private SrtpKeys srtpKeys() {
    byte[] clientKey = new byte[16];
    byte[] serverKey = new byte[16];
    boolean client = role == DtlsRole.CLIENT;
    Arrays.fill(clientKey, client ? random : remoteRandom);
    Arrays.fill(serverKey, client ? remoteRandom : random);
    clientKey[0] = 1;
    serverKey[0] = 2;
    clientKey[1] = serverKey[2];
    serverKey[1] = clientKey[2];
    return new SrtpKeys(7, clientKey, new byte[12], serverKey, new byte[12]);
  }

  private void replayEarly(long nowNs) {
    int kept = early.size();
    for (int i = 0; i < kept; i++) {
      byte[] record = early.remove();
      receive(record, 0, record.length, nowNs);
    }
  }

  private void sendFlight(int number) {
    boolean first = flight != number;
    flight = number;
    byte[] datagram = new byte[FLIGHT_BYTES[number]];
    Arrays.fill(datagram, (byte) ' ');
    datagram[0] = HANDSHAKE;
    datagram[1] = (byte) number;
    datagram[RANDOM_AT] = random;
    datagram[3] = 0; // epoch 0, as all of the handshake but its end
    datagram[4] = 0;
    byte[] text = fingerprint.getBytes(StandardCharsets.UTF_8);
    if (number == 2 || number == 3) {
      System.arraycopy(text, 0, datagram, HEADER_BYTES, text.length);
    }
    if (!conditions.losesFlight(number)) {
      sink.send(datagram, 0, datagram.length);
    }
    if (first && number < 4) {
      retransmitNs = firstRetransmitNs; // BouncyCastle begins anew with each flight
      timer().set(Math.min(loop.nowNs() + retransmitNs, limitNs));
    }
  }

  private void onDeadline(long nowNs) {
    if (state != DtlsState.CONNECTING) {
      return;
    }
    if (nowNs >= limitNs) {
      fail("the DTLS handshake took more than 10 seconds");
      return;
    }
    retransmitNs *= 2;
    sendFlight(flight);
    timer().set(Math.min(nowNs + retransmitNs, limitNs));
  }

  private LoopTimer timer() {
    LoopTimer started = timer;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  /** As BouncyCastle does, with a fatal alert: the peer may be connected already. */
  private void fail(String reason) {
    sendAlert(FATAL);
    end(DtlsState.FAILED);
    listener.onFailed(reason);
  }

  private void end(DtlsState last) {
    state = last;
    if (timer != null) {
      timer.cancel();
    }
  }
}
