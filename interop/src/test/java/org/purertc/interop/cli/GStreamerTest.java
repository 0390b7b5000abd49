package org.purertc.interop.cli;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.purertc.interop.network.NetworkNamespace;

/** Debian's webrtcbin (ICE by libnice, SCTP by usrsctp), which never uses loopback. */
class GStreamerTest extends OtherPeerTest {
  private static NetworkNamespace network;

  @BeforeAll
  static void openNetwork() {
    network = new NetworkNamespace();
  }

  @AfterAll
  static void closeNetwork() {
    network.close();
  }

  @Override
  Program other(String... arguments) {
    return PythonProgram.start("/gstreamer/peer.py", network, arguments);
  }

  @Override
  List<String> reachingIt() {
    return List.of();
  }

  /** It takes empty messages, but this version sends none. */
  @Override
  void empty(Program java, Program other, String content) {
    java.type("{\"type\":\"send\",\"channel\":\"data\"," + content + "}");
    other.await("\"name\": \"empty\"");
  }
}
