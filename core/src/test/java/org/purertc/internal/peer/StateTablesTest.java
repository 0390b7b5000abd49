package org.purertc.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.purertc.dtls.DtlsState;
import org.purertc.ice.IceTransportState;

/**
 * The tables of W3C WebRTC 4.3.3 and 4.3.4, word by word, over all states of up to three
 * transports.
 */
class StateTablesTest {

  private record Transport(IceTransportState ice, DtlsState dtls) {}

  private static <T> List<List<T>> upToThree(List<T> of) {
    List<List<T>> all = new ArrayList<>();
    all.add(List.of());
    for (T first : of) {
      all.add(List.of(first));
      for (T second : of) {
        all.add(List.of(first, second));
        for (T third : of) {
          all.add(List.of(first, second, third));
        }
      }
    }
    return all;
  }

  private static <T> boolean all(List<T> transports, Predicate<T> is) {
    return transports.stream().allMatch(is);
  }

  /** 4.3.4: the first line that applies, from above. */
  private static IceTransportState ofIce(List<IceTransportState> states) {
    if (states.contains(IceTransportState.FAILED)) {
      return IceTransportState.FAILED;
    } else if (states.contains(IceTransportState.DISCONNECTED)) {
      return IceTransportState.DISCONNECTED;
    } else if (all(states, Set.of(IceTransportState.NEW, IceTransportState.CLOSED)::contains)) {
      return IceTransportState.NEW;
    } else if (states.contains(IceTransportState.NEW)
        || states.contains(IceTransportState.CHECKING)) {
      return IceTransportState.CHECKING;
    } else if (all(
        states, Set.of(IceTransportState.COMPLETED, IceTransportState.CLOSED)::contains)) {
      return IceTransportState.COMPLETED;
    }
    return IceTransportState.CONNECTED;
  }

  @Test
  void theIceConnectionStateIsThatOfTheTable() {
    for (List<IceTransportState> states : upToThree(List.of(IceTransportState.values()))) {
      assertThat(Transports.iceState(states)).as("%s", states).isEqualTo(ofIce(states));
    }
  }

  /** 4.3.3, where a transport that the other side closed counts as failed. */
  private static ConnectionState ofBoth(List<Transport> transports) {
    if (!all(
        transports,
        t ->
            t.ice != IceTransportState.FAILED
                && t.dtls != DtlsState.FAILED
                && t.dtls != DtlsState.CLOSED)) {
      return ConnectionState.FAILED;
    } else if (!all(transports, t -> t.ice != IceTransportState.DISCONNECTED)) {
      return ConnectionState.DISCONNECTED;
    } else if (all(transports, t -> t.ice == IceTransportState.NEW && t.dtls == DtlsState.NEW)) {
      return ConnectionState.NEW;
    } else if (all(
        transports,
        t ->
            (t.ice == IceTransportState.CONNECTED || t.ice == IceTransportState.COMPLETED)
                && t.dtls == DtlsState.CONNECTED)) {
      return ConnectionState.CONNECTED;
    }
    return ConnectionState.CONNECTING;
  }

  @Test
  void theConnectionStateIsThatOfTheTable() {
    List<Transport> each = new ArrayList<>();
    for (IceTransportState ice : IceTransportState.values()) {
      for (DtlsState dtls : DtlsState.values()) {
        if (ice != IceTransportState.CLOSED) { // of a peer that is closed, which tells nothing more
          each.add(new Transport(ice, dtls));
        }
      }
    }
    for (List<Transport> transports : upToThree(each)) {
      List<ConnectionState> states =
          transports.stream().map(t -> ConnectionState.of(t.ice, t.dtls)).toList();
      assertThat(ConnectionState.of(states)).as("%s", transports).isEqualTo(ofBoth(transports));
    }
  }
}
