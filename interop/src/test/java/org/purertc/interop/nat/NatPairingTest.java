package org.purertc.interop.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two peers behind all pairs of types of real NATs, with a STUN and TURN server. */
@Tag("interop")
class NatPairingTest {
  @TempDir static Path directory;

  private static NatCall call;

  @BeforeAll
  static void start() throws Exception {
    call = new NatCall(directory, NatType.PORT, NatType.PORT);
  }

  @AfterAll
  static void stop() {
    call.close();
  }

  static Stream<Arguments> pairs() {
    return Arrays.stream(NatType.values())
        .flatMap(a -> Arrays.stream(NatType.values()).map(b -> Arguments.of(a, b)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void connectsDirectlyWhereTheoryFindsAWayAndElseOverARelay(NatType ofA, NatType ofB) {
    call.lab.a.nat(ofA);
    call.lab.b.nat(ofB);
    call.begin();
    assertThat(call.a.echo("from inside")).isEqualTo("from inside");
    if (ofA.reaches(ofB)) {
      call.awaitLocals(List.of(direct(ofA), direct(ofB))::equals);
    } else {
      call.awaitLocals(locals -> locals.contains("relay"));
    }
  }

  /** What a side sends from as the other one sees it: STUN's answer, or another port. */
  private static String direct(NatType type) {
    return type == NatType.SYMMETRIC ? "prflx" : "srflx";
  }

  @AfterEach
  void end() {
    call.end();
  }
}
