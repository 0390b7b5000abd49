package org.purertc.samples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.samples.doctor.NatBehaviour.Mapping;

class NatBehaviourTest {

  /** Servers as {@code address:port=mappedPort}. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:1=9, UNKNOWN",
    "10.0.0.1:1=9 10.0.0.1:1=9, UNKNOWN",
    "10.0.0.1:1=9 10.0.0.1:2=9, UNKNOWN",
    "10.0.0.1:1=9 10.0.0.2:1=9, ENDPOINT_INDEPENDENT",
    "10.0.0.1:1=9 10.0.0.2:1=9 10.0.0.2:2=9, ENDPOINT_INDEPENDENT",
    "10.0.0.1:1=9 10.0.0.2:1=8, DEPENDENT",
    "10.0.0.1:1=9 10.0.0.2:1=8 10.0.0.2:2=8, ADDRESS_DEPENDENT",
    "10.0.0.1:1=9 10.0.0.2:1=8 10.0.0.2:2=7, ADDRESS_AND_PORT_DEPENDENT",
    "10.0.0.1:1=9 10.0.0.1:2=8, ADDRESS_AND_PORT_DEPENDENT"
  })
  void mappingsTellHowTheNatMaps(String seen, NatBehaviour behaviour) {
    List<Mapping> mappings = Arrays.stream(seen.split(" ")).map(NatBehaviourTest::mapping).toList();
    assertThat(NatBehaviour.ofMappings(mappings)).isEqualTo(behaviour);
  }

  private static Mapping mapping(String text) {
    String[] parts = text.split("[:=]");
    return new Mapping(
        new InetSocketAddress(parts[0], Integer.parseInt(parts[1])),
        new InetSocketAddress("203.0.113.1", Integer.parseInt(parts[2])));
  }

  @Test
  void whatGetsInTellsHowTheNatFilters() {
    assertThat(NatBehaviour.ofFiltering(null, null)).isEqualTo(NatBehaviour.UNKNOWN);
    assertThat(NatBehaviour.ofFiltering(true, true)).isEqualTo(NatBehaviour.ENDPOINT_INDEPENDENT);
    assertThat(NatBehaviour.ofFiltering(false, null)).isEqualTo(NatBehaviour.UNKNOWN);
    assertThat(NatBehaviour.ofFiltering(false, true)).isEqualTo(NatBehaviour.ADDRESS_DEPENDENT);
    assertThat(NatBehaviour.ofFiltering(false, false))
        .isEqualTo(NatBehaviour.ADDRESS_AND_PORT_DEPENDENT);
  }
}
