package org.purertc.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.dtls.DatagramSink;
import org.purertc.dtls.DtlsListener;
import org.purertc.dtls.DtlsRole;
import org.purertc.dtls.DtlsSession;
import org.purertc.dtls.DtlsState;
import org.purertc.dtls.DtlsTransport;
import org.purertc.dtls.Fingerprint;
import org.purertc.ice.sim.SimLoop;
import org.purertc.internal.jsep.NegotiatedTransport;

/** Which association acts and is heard, while another one takes its place. */
class DtlsPathTest {
  private static final byte[] HELLO = new byte[60];
  private static final byte[] DATA = new byte[60];

  static {
    HELLO[0] = 22;
    DATA[0] = 23;
    DATA[4] = 1; // epoch
  }

  private final List<FakeDtls> made = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final DtlsPath path =
      new DtlsPath(
          new SimLoop(),
          (loop, sink, listener) -> {
            FakeDtls dtls = new FakeDtls(sink, listener);
            made.add(dtls);
            return dtls;
          },
          new Notes());

  private static NegotiatedTransport remote(boolean client) {
    return new NegotiatedTransport(
        0, List.of("0"), "ufrag", "password", false, List.of("sha-256 AB"), null, true, client, 0);
  }

  private FakeDtls connected() {
    path.remote(remote(true));
    path.start(0, 0);
    made.get(0).connect();
    events.clear();
    return made.get(0);
  }

  @Test
  void anotherAssociationStartsAtOnceOnTheSamePath() {
    connected();
    path.renew(false);
    path.remote(remote(false));
    path.start(0, 0);
    assertThat(made).hasSize(2);
    assertThat(made.get(1).role).isEqualTo(DtlsRole.SERVER);
    assertThat(events).containsExactly("NEW", "CONNECTING");
  }

  @Test
  void anotherAssociationOnAnotherPathWaitsUntilIceHasFoundIt() {
    connected();
    path.renew(true);
    path.remote(remote(true));
    path.start(0, 0);
    assertThat(made.get(1).role).isNull();
    path.pathSelected();
    path.start(0, 0);
    assertThat(made.get(1).role).isEqualTo(DtlsRole.CLIENT);
  }

  @Test
  void theOldOneEndsWithoutAWord() {
    FakeDtls old = connected();
    path.renew(false);
    assertThat(old.closed).isTrue();
    assertThat(events).containsExactly("NEW");
  }

  @Test
  void whatTheOldOneTellsLateIsNotHeard() {
    FakeDtls old = connected();
    path.renew(false);
    path.remote(remote(true));
    path.start(0, 0);
    events.clear();
    old.connect();
    old.listener.onData(DATA, 0, DATA.length, 0);
    old.listener.onClosed();
    old.listener.onFailed("any");
    old.sink.send(DATA, 0, DATA.length);
    assertThat(events).isEmpty();
    assertThat(path.state()).isEqualTo(DtlsState.CONNECTING);
  }

  @Test
  void recordsOfTheOldOneDoNotReachTheNewOneBeforeItStarts() {
    connected();
    path.renew(true);
    path.remote(remote(false));
    path.receive(DATA, 0, DATA.length, 0);
    path.receive(HELLO, 0, HELLO.length, 0);
    path.receive(HELLO, 0, 5, 0);
    assertThat(made.get(1).received).containsExactly(22);
    path.pathSelected();
    path.start(0, 0);
    path.receive(DATA, 0, DATA.length, 0);
    assertThat(made.get(1).received).containsExactly(22, 23);
  }

  @Test
  void anAssociationThatHasEndedCanBeRenewed() {
    FakeDtls old = connected();
    old.listener.onClosed();
    assertThat(path.state()).isEqualTo(DtlsState.CLOSED);
    path.renew(false);
    path.remote(remote(true));
    path.start(0, 0);
    made.get(1).connect();
    assertThat(events).containsExactly("CLOSED", "NEW", "CONNECTING", "session", "CONNECTED");
  }

  @Test
  void theSessionOfTheOldOneIsKnownUntilThatOfTheNewOneIs() {
    connected();
    DtlsSession before = path.session();
    path.renew(false);
    path.remote(remote(true));
    path.start(0, 0);
    assertThat(path.session()).isSameAs(before);
    made.get(1).connect();
    assertThat(path.session()).isNotSameAs(before);
  }

  @Test
  void closingSaysGoodbyeAndIsSilentAfterIt() {
    FakeDtls dtls = connected();
    path.close();
    dtls.connect();
    dtls.listener.onClosed();
    assertThat(events).containsExactly("sent");
  }

  /** What the path tells. */
  private final class Notes implements DtlsPath.Owner {

    @Override
    public void sendRecord(byte[] buffer, int offset, int length) {
      events.add("sent");
    }

    @Override
    public void onSession(DtlsSession session, long nowNs) {
      events.add("session");
    }

    @Override
    public void onDtlsState(DtlsState state, String reason) {
      events.add(state.toString());
    }

    @Override
    public void onData(byte[] buffer, int offset, int length, long nowNs) {
      events.add("data");
    }
  }

  /** Notes what it is told, and says goodbye as the real one does. */
  private static final class FakeDtls implements DtlsTransport {
    final DatagramSink sink;
    final DtlsListener listener;
    final List<Integer> received = new ArrayList<>();
    DtlsRole role;
    boolean closed;

    FakeDtls(DatagramSink sink, DtlsListener listener) {
      this.sink = sink;
      this.listener = listener;
    }

    void connect() {
      listener.onConnected(new DtlsSession(DtlsRole.CLIENT, "FEFD", "", new byte[0], null), 0);
    }

    @Override
    public void start(DtlsRole startRole, long nowNs) {
      role = startRole;
    }

    @Override
    public void setRemoteFingerprints(List<Fingerprint> expected) {}

    @Override
    public void receive(byte[] buffer, int offset, int length, long nowNs) {
      received.add((int) buffer[offset]);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {}

    @Override
    public DtlsState state() {
      return DtlsState.NEW;
    }

    @Override
    public void close() {
      closed = true;
      sink.send(new byte[1], 0, 1);
    }
  }
}
