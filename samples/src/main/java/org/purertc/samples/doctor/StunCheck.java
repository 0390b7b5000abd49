package org.purertc.samples.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.doctor.NatBehaviour.Mapping;
import org.purertc.samples.doctor.Observation.Nat;
import org.purertc.samples.doctor.Observation.Reach;
import org.purertc.samples.doctor.Observation.Stun;

/** Asks STUN servers from one port, and learns from the answers what the NAT between does. */
final class StunCheck implements AutoCloseable {
  private static final long MS_NS = 1_000_000;

  private final StunSocket socket = new StunSocket();
  private final long limitMs;
  private final List<Mapping> mappings = new ArrayList<>();
  private @Nullable InetSocketAddress first;
  private @Nullable InetSocketAddress firstOther;

  /**
   * @param limitMs how long each answer is waited for
   */
  StunCheck(long limitMs) throws IOException {
    this.limitMs = limitMs;
  }

  /** Asks one server. */
  Stun ask(ServerName server) {
    InetSocketAddress address = server.resolve();
    if (address == null) {
      return new Stun(server.url(), Reach.UNKNOWN_HOST, null, 0);
    }
    long startNs = System.nanoTime();
    StunMessages.Answer answer = socket.ask(address, 0, limitMs);
    long roundTripMs = (System.nanoTime() - startNs + MS_NS / 2) / MS_NS;
    if (answer == null) {
      return new Stun(server.url(), Reach.SILENT, null, 0);
    }
    note(address, answer);
    return new Stun(server.url(), Reach.ANSWERS, answer.mapped(), roundTripMs);
  }

  /** Mappings of one family can be compared: the first one's. */
  private void note(InetSocketAddress server, StunMessages.Answer answer) {
    InetSocketAddress before = first;
    if (before == null) {
      first = server;
    } else if (before.getAddress().getClass() != server.getAddress().getClass()) {
      return;
    }
    mappings.add(new Mapping(server, answer.mapped()));
    InetSocketAddress other = answer.other();
    boolean isUsable =
        other != null
            && !other.getAddress().equals(server.getAddress())
            && other.getPort() != server.getPort()
            && other.getAddress().getClass() == server.getAddress().getClass();
    if (isUsable && firstOther == null) {
      first = server;
      firstOther = other;
    }
  }

  /** What the answers so far tell, after some more questions; null when there were none. */
  @Nullable Nat nat() throws IOException {
    InetSocketAddress server = first;
    if (server == null) {
      return null;
    }
    InetSocketAddress other = firstOther;
    NatBehaviour filtering = NatBehaviour.UNKNOWN;
    if (other != null) {
      // First: to a NAT that looks at addresses alone, who was asked once may come in for good.
      filtering = filtering(server);
      // RFC 5780 section 4.3, tests II and III.
      askAgain(new InetSocketAddress(other.getAddress(), server.getPort()));
      askAgain(other);
    }
    return new Nat(isTranslated(server), NatBehaviour.ofMappings(mappings), filtering);
  }

  private void askAgain(InetSocketAddress server) {
    StunMessages.Answer answer = socket.ask(server, 0, limitMs);
    if (answer != null) {
      mappings.add(new Mapping(server, answer.mapped()));
    }
  }

  /** RFC 5780 section 4.4, from a port that has sent to nobody else. */
  private NatBehaviour filtering(InetSocketAddress server) throws IOException {
    try (StunSocket fresh = new StunSocket()) {
      if (fresh.ask(server, 0, limitMs) == null) {
        return NatBehaviour.UNKNOWN;
      }
      int both = StunMessages.CHANGE_ADDRESS | StunMessages.CHANGE_PORT;
      boolean fromOtherAddress = fresh.ask(server, both, limitMs) != null;
      boolean fromOtherPort =
          fromOtherAddress || fresh.ask(server, StunMessages.CHANGE_PORT, limitMs) != null;
      return NatBehaviour.ofFiltering(fromOtherAddress, fromOtherPort);
    }
  }

  private boolean isTranslated(InetSocketAddress server) {
    InetAddress local = StunSocket.localAddress(server);
    InetSocketAddress mapped = mappings.get(0).mapped();
    return !mapped.getAddress().equals(local) || mapped.getPort() != socket.port();
  }

  @Override
  public void close() {
    socket.close();
  }
}
