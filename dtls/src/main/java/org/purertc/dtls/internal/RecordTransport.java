package org.purertc.dtls.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * The network as BouncyCastle sees it. During the handshake reading blocks on the {@link Inbox} and
 * what is written is packed into datagrams; afterwards both happen at once on the loop.
 */
final class RecordTransport implements DatagramTransport {

  /** Largest datagram of a handshake: a UDP payload that every path carries. */
  static final int SEND_LIMIT_BYTES = 1200;

  private static final byte[] NO_FLIGHT = {};

  private final BorrowedThread thread;
  private @Nullable Inbox inbox;
  private @Nullable Consumer<byte[]> flights;
  private byte[] flight = NO_FLIGHT;
  private int flightBytes;

  private @Nullable RecordOutput output;
  private byte @Nullable [] record;
  private int recordOffset;
  private int recordBytes;
  private short failure = -1;

  RecordTransport(Inbox inbox, Consumer<byte[]> flights, BorrowedThread thread) {
    this.inbox = inbox;
    this.flights = flights;
    this.thread = thread;
  }

  /** The handshake is over; returns what it did not read. */
  List<byte[]> connect(RecordOutput connectionOutput) {
    List<byte[]> unread = inbox == null ? List.of() : inbox.drain();
    inbox = null;
    flights = null;
    flight = NO_FLIGHT;
    output = connectionOutput;
    return unread;
  }

  /** What the next {@link #receive} reads; valid until it returns. */
  void put(byte[] buffer, int offset, int length) {
    record = buffer;
    recordOffset = offset;
    recordBytes = length;
  }

  /** Makes the next {@link #receive} fail, so that BouncyCastle sends this alert. */
  void fail(short alertDescription) {
    failure = alertDescription;
  }

  @Override
  public int getReceiveLimit() {
    // BouncyCastle allocates an array of this size for each record.
    return inbox != null ? DtlsRecord.MAX_BYTES : Math.max(recordBytes, DtlsRecord.HEADER_BYTES);
  }

  @Override
  public int getSendLimit() {
    // Limits the fragments of handshake messages only; application data may use whole records.
    return SEND_LIMIT_BYTES;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    Inbox waiting = inbox;
    if (waiting == null) {
      return receiveNow(buffer, offset, length);
    }
    flush();
    byte[] arrived = waiting.await(waitMillis, thread);
    if (arrived == null) {
      return -1;
    }
    System.arraycopy(arrived, 0, buffer, offset, arrived.length);
    return arrived.length;
  }

  private int receiveNow(byte[] buffer, int offset, int length) throws IOException {
    if (failure >= 0) {
      throw new TlsFatalAlert(failure);
    }
    byte[] from = record;
    if (from == null || recordBytes > length) {
      throw NothingToReadException.INSTANCE;
    }
    record = null;
    System.arraycopy(from, recordOffset, buffer, offset, recordBytes);
    return recordBytes;
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (output != null) {
      output.send(buffer, offset, length);
    } else if (inbox != null) {
      pack(buffer, offset, length);
    }
  }

  /** RFC 6347 section 4.1.1: several records may be placed in a single datagram. */
  private void pack(byte[] buffer, int offset, int length) {
    if (flightBytes + length > SEND_LIMIT_BYTES) {
      flush();
    }
    if (flight.length < length) {
      flight = new byte[Math.max(SEND_LIMIT_BYTES, length)];
    }
    System.arraycopy(buffer, offset, flight, flightBytes, length);
    flightBytes += length;
  }

  /** Sends what was packed. */
  void flush() {
    if (flightBytes > 0 && flights != null) {
      flights.accept(Arrays.copyOf(flight, flightBytes));
    }
    flightBytes = 0;
  }

  @Override
  public void close() {
    // The owner decides what ends: BouncyCastle calls this after each fatal alert.
  }

  /** Thrown after each record: one without a stack trace serves all. */
  static final class NothingToReadException extends InterruptedIOException {
    private static final long serialVersionUID = 1;
    static final NothingToReadException INSTANCE = new NothingToReadException();

    private NothingToReadException() {}

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
