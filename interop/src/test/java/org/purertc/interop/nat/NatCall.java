package org.purertc.interop.nat;

import java.nio.file.Path;
import java.util.List;
import org.purertc.interop.turn.Coturn;

/** The lab with a peer at each site and a STUN and TURN server between them. */
final class NatCall implements AutoCloseable {
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
