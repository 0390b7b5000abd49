package org.purertc.dtls.internal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;
import org.jspecify.annotations.Nullable;

/** One DTLS handshake on a borrowed thread. The loop calls the public methods. */
public final class Handshake implements Runnable {

  /** Which side speaks first. */
  public enum Side {
    CLIENT,
    SERVER
  }

  /** From the first flight on. */
  public static final int LIMIT_SECONDS = 10;

  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

  private final Endpoint endpoint;
  private final Side side;
  private final HandshakeObserver observer;
  private final RecordTransport transport;
  private final Inbox inbox;
  private int resendMillis;
  private boolean begun;
  private long deadlineNs;
  private boolean gaveWay;
  private volatile boolean closedUnder;

  /**
   * @param resendMillis first retransmission after so long
   */
  public Handshake(Endpoint endpoint, Side side, HandshakeObserver observer, int resendMillis) {
    this.endpoint = endpoint;
    this.side = side;
    this.observer = observer;
    this.inbox = new Inbox();
    this.transport = new RecordTransport(inbox, observer::send, new Lent());
    this.resendMillis = resendMillis;
  }

  /** A client begins at once, a server when the first record is here: until then no thread. */
  public void start() {
    if (side == Side.CLIENT) {
      begin();
    }
  }

  /** Has no effect once the thread is borrowed. */
  public void retransmitAfter(int millis) {
    if (!begun) {
      resendMillis = millis;
    }
  }

  /** One record from the peer; it is copied. */
  public void receive(byte[] buffer, int offset, int length) {
    if (!begun && DtlsRecord.type(buffer, offset) != DtlsRecord.HANDSHAKE) {
      return;
    }
    byte[] record = new byte[length];
    System.arraycopy(buffer, offset, record, 0, length);
    inbox.offer(record);
    if (!begun) {
      begin();
    }
  }

  private void begin() {
    begun = true;
    deadlineNs = System.nanoTime() + LIMIT_NS;
    if (!endpoint.threads().start(this)) {
      observer.failed("too many DTLS handshakes run at the same time, try again later");
    }
  }

  /** Ends it without any further word to the observer. */
  public void cancel() {
    inbox.close();
    endpoint.threads().forget(this);
  }

  void closeUnder() {
    closedUnder = true;
    cancel();
    observer.closed();
  }

  @Override
  public void run() {
    try {
      shakeHands();
    } finally {
      endpoint.threads().ended(this, gaveWay);
    }
  }

  private void shakeHands() {
    long remainingNs = deadlineNs - System.nanoTime();
    if (remainingNs <= 0) {
      observer.failed("no thread was free for the DTLS handshake within 10 s");
      return;
    }
    inbox.restartSilence();
    int timeoutMillis = (int) TimeUnit.NANOSECONDS.toMillis(remainingNs) + 1;
    var negotiation = new Negotiation(endpoint, observer, timeoutMillis, resendMillis);
    try {
      DTLSTransport records =
          switch (side) {
            case CLIENT -> new DTLSClientProtocol().connect(new ClientPeer(negotiation), transport);
            case SERVER -> new DTLSServerProtocol().accept(new ServerPeer(negotiation), transport);
          };
      transport.flush();
      Agreement agreement = negotiation.takeAgreement();
      if (agreement == null) {
        throw new TlsFatalAlert(AlertDescription.internal_error);
      }
      observer.completed(new Connection(records, transport, negotiation), agreement);
    } catch (Inbox.HandshakeCancelledException e) {
      // The owner knows: it closed.
    } catch (IOException | RuntimeException e) {
      transport.flush(); // the alert
      if (!closedUnder) {
        observer.failed(reason(e, negotiation));
      }
    }
  }

  private static String reason(Exception e, Negotiation negotiation) {
    String rejection = negotiation.rejection();
    if (rejection != null) {
      return rejection;
    }
    if (negotiation.isCloseNotifyReceived()) {
      return "the peer closed the connection during the DTLS handshake";
    }
    if (e instanceof TlsTimeoutException) {
      return "the DTLS handshake did not end within 10 s: the peer does not answer or plays the"
          + " same role (a=setup)";
    }
    if (e instanceof TlsFatalAlertReceived received) {
      return "the peer refused the DTLS handshake with the alert "
          + AlertDescription.getText(received.getAlertDescription());
    }
    return "the DTLS handshake failed: " + e.getMessage() + because(e.getCause());
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null ? "" : " because of " + cause;
  }

  /** Counts this handshake in and out while it waits. */
  private final class Lent implements BorrowedThread {

    @Override
    public boolean giveWay() {
      gaveWay = endpoint.threads().giveWay();
      return gaveWay;
    }

    @Override
    public void blocked() {
      endpoint.threads().blocked();
    }

    @Override
    public void resumed() {
      endpoint.threads().resumed();
    }
  }
}
