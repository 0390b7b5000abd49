package org.purertc.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcFilesTest {

  @Test
  void busyTimeLeavesOutIdleWaitingAndGuests() {
    List<String> stat =
        List.of("cpu  100 20 30 4000 500 6 7 8 90 10", "cpu0 100 20 30 4000 500 6 7 8 90 10");
    assertThat(ProcFiles.busyNs(stat)).isEqualTo((100 + 20 + 30 + 6 + 7 + 8) * 10_000_000L);
  }

  @Test
  void busyTimeOfAnOldKernelHasFewerFields() {
    assertThat(ProcFiles.busyNs(List.of("cpu 1 2 3 4"))).isEqualTo(6 * 10_000_000L);
  }

  @Test
  void datagramsAreFoundByTheNameOfTheirColumn() {
    List<String> snmp =
        List.of(
            "Icmp: InMsgs OutMsgs",
            "Icmp: 1 2",
            "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors",
            "Udp: 11 12 13 14 15");
    assertThat(ProcFiles.outDatagrams(snmp)).isEqualTo(14);
  }

  @Test
  void datagramsOfIpv6StandInLinesOfTheirOwn() {
    List<String> snmp6 =
        List.of("Udp6InDatagrams                 \t7", "Udp6OutDatagrams                \t42");
    assertThat(ProcFiles.outDatagrams6(snmp6)).isEqualTo(42);
  }

  @Test
  void theProportionalShareIsTheTotal() {
    List<String> rollup =
        List.of("Rss:              900 kB", "Pss:              123 kB", "Pss_Anon:          99 kB");
    assertThat(ProcFiles.pssKb(rollup)).isEqualTo(123);
  }

  @Test
  void whatTheSystemDoesNotTellIsUnknown() {
    assertThat(ProcFiles.busyNs(List.of())).isEqualTo(ProcFiles.UNKNOWN);
    assertThat(ProcFiles.outDatagrams(List.of())).isEqualTo(ProcFiles.UNKNOWN);
    assertThat(ProcFiles.pssKb(List.of())).isEqualTo(ProcFiles.UNKNOWN);
  }
}
