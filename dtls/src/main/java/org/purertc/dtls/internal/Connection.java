package org.purertc.dtls.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** An association after its handshake; one thread drives it and nothing in it blocks. */
public final class Connection {

  /** {@link #receive}: the record carried no application data. */
  public static final int NOTHING = -1;

  /** {@link #receive}: the peer sent close_notify. */
  public static final int CLOSED = -2;

  private final DTLSTransport records;
  private final RecordTransport transport;
  private final Negotiation negotiation;

  Connection(DTLSTransport records, RecordTransport transport, Negotiation negotiation) {
    this.records = records;
    this.transport = transport;
    this.negotiation = negotiation;
  }

  /** Before anything else; returns the records that the handshake left unread. */
  public List<byte[]> attach(RecordOutput output) {
    return transport.connect(output);
  }

  /**
   * Decrypts one record.
   *
   * @param plaintext room for {@link DtlsRecord#MAX_PLAINTEXT_BYTES}
   * @return bytes of application data in {@code plaintext}, {@link #NOTHING} or {@link #CLOSED}
   */
  public int receive(byte[] buffer, int offset, int length, byte[] plaintext)
      throws ConnectionFailedException {
    transport.put(buffer, offset, length);
    try {
      int bytes = records.receive(plaintext, 0, plaintext.length, 0);
      return bytes < 0 ? NOTHING : bytes;
    } catch (InterruptedIOException e) {
      return negotiation.isCloseNotifyReceived() ? CLOSED : NOTHING;
    } catch (TlsFatalAlertReceived e) {
      throw new ConnectionFailedException(
          "the peer ended the DTLS connection with the alert "
              + AlertDescription.getText(e.getAlertDescription()));
    } catch (IOException e) {
      throw new ConnectionFailedException("the DTLS connection failed: " + e.getMessage());
    }
  }

  /** Encrypts into one record, which goes to the output before this returns. */
  public void send(byte[] buffer, int offset, int length) throws ConnectionFailedException {
    try {
      records.send(buffer, offset, length);
    } catch (IOException e) {
      throw new ConnectionFailedException("the DTLS connection failed: " + e.getMessage());
    }
  }

  /** Sends close_notify. */
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new IllegalStateException("an output in memory does not fail", e);
    }
  }

  /** Sends the fatal alert bad_certificate. */
  public void rejectCertificate() {
    // BouncyCastle raises an alert only from inside: its transport fails with it.
    transport.fail(AlertDescription.bad_certificate);
    byte[] nothing = new byte[1];
    try {
      records.receive(nothing, 0, nothing.length, 0);
    } catch (TlsFatalAlert e) {
      return;
    } catch (IOException e) {
      throw new IllegalStateException("a transport in memory fails as it was told", e);
    }
    throw new IllegalStateException("the alert was not sent");
  }
}
