package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.purertc.ice.internal.ServerCodec;
import org.purertc.ice.internal.ServerMessage;
import org.purertc.ice.turn.ServerError;
import org.purertc.ice.turn.ServerPath;
import org.purertc.ice.turn.ServerUrl;
import org.purertc.ice.turn.StunQuery;

/** Asks one server over one host port which address it sees; keeps the mapping alive. */
abstract class ReflexiveQuery implements ServerPath, StunQuery.Listener {

  /** Which server is asked over which port. */
  record Question(PathId path, InetSocketAddress server) {}

  final PathId path;
  final HostPort port;
  final ServerUrl url;
  private final InetSocketAddress server;
  private final StunQuery query;

  ReflexiveQuery(
      ServerCodec codec,
      RandomGenerator random,
      PathId path,
      HostPort port,
      ServerUrl url,
      InetSocketAddress server) {
    this.path = path;
    this.port = port;
    this.url = url;
    this.server = server;
    query = new StunQuery(codec, this, random, this);
  }

  abstract void onMapped(IceCandidate candidate);

  abstract void onError(ServerError error);

  void start(long nowNs) {
    query.start(nowNs);
  }

  /** The NAT may have another address now; returns whether an answer is awaited for that. */
  boolean askAgain(long nowNs) {
    boolean idle = !query.isPending();
    if (idle) {
      query.start(nowNs);
    }
    return idle;
  }

  Question question() {
    return new Question(path, server);
  }

  boolean isPending() {
    return query.isPending();
  }

  boolean isFrom(PathId receivedOn, InetSocketAddress from) {
    return query.isPending() && path.equals(receivedOn) && server.equals(from);
  }

  boolean receive(ServerMessage message, long nowNs) {
    return query.receive(message, nowNs);
  }

  long nextDeadlineNs() {
    return query.nextDeadlineNs();
  }

  void onDeadline(long nowNs) {
    if (nowNs >= query.nextDeadlineNs()) {
      query.onDeadline(nowNs);
    }
  }

  void giveUp(ServerError error) {
    if (query.isPending()) {
      query.close();
      onError(error);
    }
  }

  void close() {
    query.close();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    return port.send(buffer, offset, length, server);
  }

  @Override
  public boolean isReliable() {
    return false;
  }

  @Override
  public void onMapped(InetSocketAddress mapped) {
    onMapped(ServerCandidates.reflexive(path, port.localAddress(), mapped, url.url()));
  }

  @Override
  public void onFailed(ServerError error) {
    onError(error);
  }
}
