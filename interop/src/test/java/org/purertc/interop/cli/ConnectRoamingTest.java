package org.purertc.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.purertc.interop.network.NetworkNamespace;

/** A process {@code purertc connect} whose machine changes its addresses, as a laptop does. */
@Tag("interop")
class ConnectRoamingTest {

  /** The only interface but loopback. */
  private static final String DEVICE = "$(ls /sys/class/net | grep -v ^lo$)";

  private static final String NEW_IPV6 = "fd00:7e57::2";

  /** As /proc/net/udp6 shows it: four words, each with its bytes turned round. */
  private static final String NEW_IPV6_IN_PROC = "577E00FD000000000000000002000000:";

  @Test
  void goesOnFromAnotherAddressAndAfterAnOutage() {
    try (NetworkNamespace network = new NetworkNamespace();
        Program roaming = Program.purertc(network, "connect", "--offer");
        Program resident = Program.purertc("connect", "--answer")) {
      roaming.pipeTo(resident);
      resident.pipeTo(roaming);
      roaming.await("\"name\":\"open\"");
      exchange(roaming, resident, "before");

      String first = network.inside();
      String second = first.replaceAll("2$", "3");
      shell(network, "ip addr del " + first + "/24 dev " + DEVICE);
      shell(network, "ip addr add " + second + "/24 dev " + DEVICE);
      awaitPathAgain(roaming);
      exchange(roaming, resident, "from another address");

      shell(network, "ip addr del " + second + "/24 dev " + DEVICE);
      roaming.await("\"name\":\"iceconnectionstatechange\",\"state\":\"disconnected\"");
      shell(network, "ip addr add " + second + "/24 dev " + DEVICE);
      roaming.await("\"name\":\"iceconnectionstatechange\",\"state\":\"co(nnect|mplet)ed\"");
      exchange(roaming, resident, "after an outage");

      // A new IPv6 address cannot be bound before duplicate address detection is through.
      shell(network, "ip addr add " + NEW_IPV6 + "/64 dev " + DEVICE);
      shell(network, "until grep -q " + NEW_IPV6_IN_PROC + " /proc/net/udp6; do sleep 0.1; done");
      shell(network, "ip addr del " + NEW_IPV6 + "/64 dev " + DEVICE);
      shell(network, "while grep -q " + NEW_IPV6_IN_PROC + " /proc/net/udp6; do sleep 0.1; done");
      exchange(roaming, resident, "at the end");
      assertThat(roaming.err()).isEmpty();
      assertThat(resident.err()).isEmpty();
      long gathered =
          roaming.out().stream().filter(line -> line.contains("\"state\":\"complete\"")).count();
      assertThat(gathered).as("nothing was signalled: %s", roaming).isEqualTo(1);
      roaming.type("{\"type\":\"close\"}");
      assertThat(roaming.exitCode()).as("%s", roaming).isZero();
    }
  }

  /** Both changes may come with one look at the addresses or with two. */
  private static void awaitPathAgain(Program roaming) {
    roaming.await("\"name\":\"iceconnectionstatechange\",\"state\":\"disconnected\"");
    roaming.await("\"name\":\"iceconnectionstatechange\",\"state\":\"co(nnect|mplet)ed\"");
  }

  private static void exchange(Program one, Program other, String text) {
    one.type("{\"type\":\"send\",\"channel\":\"data\",\"text\":\"" + text + "\"}");
    other.await("\"type\":\"message\",\"channel\":\"data\",\"text\":\"" + text + "\"");
    other.type("{\"type\":\"send\",\"channel\":\"data\",\"text\":\"" + text + "\"}");
    one.await("\"type\":\"message\",\"channel\":\"data\",\"text\":\"" + text + "\"");
  }

  private static void shell(NetworkNamespace network, String command) {
    List<String> inside = network.command(List.of("timeout", "60", "sh", "-c", command));
    try (Program shell = Program.of(inside)) {
      assertThat(shell.exitCode()).as("%s: %s", command, shell).isZero();
    }
  }
}
