package org.purertc.ice;

import java.util.random.RandomGenerator;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.turn.ServerSockets;

/** Which servers a transport asks, and by what means. */
record ServerSource(
    IceServers servers, ServerSockets sockets, ServerCodec codec, RandomGenerator random) {

  ServerGatherer gatherer(ServerGatherer.Owner owner) {
    return new ServerGatherer(servers, sockets, codec, random, owner);
  }
}
