package org.purertc.interop.nat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.purertc.interop.turn.Coturn;

/** The lab with a peer at each site and a STUN and TURN server between them. */
final class NatCall implements AutoCloseable {
  private static final int LOOKS = 200;
  private static final long LOOK_NS = 100_000_000;

  final NatLab lab;
  final Coturn server;
  final ProgramPeer a;
  final ProgramPeer b;

  NatCall(Path directory, NatType ofA, NatType ofB, String... arguments) throws Exception {
    lab = new NatLab(ofA, ofB);
    server = Coturn.in(lab.internet(), NatLab.SERVER, directory);
    a = ProgramPeer.start(lab.a.host(), arguments);
    b = ProgramPeer.start(lab.b.host(), arguments);
    ProgramPeer.join(a, b);
  }

  /** Calls, by UDP where that is possible, and waits until both can talk. */
  void begin() {
    List<String> servers = List.of(server.url("turn", ""), server.url("turns", ""));
    a.call(server.certificate(), servers);
    b.call(server.certificate(), servers);
    a.offer();
    a.await("open");
  }

  /**
   * Waits for a pair that satisfies; before it is nominated, data takes what works first.
   *
   * @param expected takes the types of the local candidates of a and b
   */
  void awaitLocals(Predicate<List<String>> expected) {
    List<JsonNode> pairs = List.of();
    for (int i = 0; i < LOOKS; i++) {
      pairs = List.of(a.selected(), b.selected());
      if (expected.test(pairs.stream().map(pair -> pair.path("local").asText()).toList())) {
        return;
      }
      LockSupport.parkNanos(LOOK_NS);
    }
    throw new AssertionError("selected by a and by b: " + pairs);
  }

  /** Ends the call; another may begin. */
  void end() {
    a.hangUp();
    b.hangUp();
  }

  @Override
  public void close() {
    a.close();
    b.close();
    server.close();
    lab.close();
  }
}
