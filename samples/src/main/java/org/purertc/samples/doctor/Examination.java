package org.purertc.samples.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.samples.doctor.Observation.Nat;
import org.purertc.samples.doctor.Observation.Relayed;
import org.purertc.samples.doctor.Observation.Server;
import org.purertc.samples.doctor.Observation.Stun;
import org.purertc.samples.doctor.Observation.Turn;
import org.purertc.samples.signaling.client.RoomServer;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.terminal.NetworkOptions;

/** Asks all servers that it was told of. Nobody else is asked. */
final class Examination {
  private final Request request;
  private final Consumer<String> progress;
  private final List<ServerName> stun = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();

  /**
   * Whom to ask.
   *
   * @param tls whom to trust over TLS; null for whom this JVM trusts
   * @param limitMs how long an answer is waited for
   */
  record Request(
      List<ServerName> stun,
      List<ServerName> turn,
      TurnCheck.@Nullable Access turnAccess,
      @Nullable SSLContext tls,
      @Nullable URI server,
      @Nullable String token,
      long limitMs) {}

  private record Relay(ServerName server, TurnCheck.Access access, boolean asked) {}

  /**
   * @param progress told in one line what is being asked
   */
  Examination(Request request, Consumer<String> progress) {
    this.request = request;
    this.progress = progress;
    stun.addAll(request.stun());
    TurnCheck.Access access = request.turnAccess();
    if (access != null) {
      request.turn().forEach(each -> addRelay(each, access));
    }
  }

  private void addRelay(ServerName server, TurnCheck.Access access) {
    relays.add(new Relay(server, access, true));
    server.otherWays().forEach(each -> relays.add(new Relay(each, access, false)));
  }

  Observation run() throws IOException, InterruptedException {
    ServerCheck server = join();
    try (PeerConnectionFactory factory = NetworkOptions.peers(false, asksLoopback())) {
      tellCount("TURN", relays.size());
      List<CompletableFuture<Turn>> allocations =
          relays.stream()
              .map(
                  each ->
                      TurnCheck.start(
                          factory, each.server, each.asked, each.access, request.limitMs()))
              .toList();
      List<Turn> turn = allocations.stream().map(CompletableFuture::join).toList();
      try (StunCheck check = new StunCheck(request.limitMs())) {
        tellCount("STUN", stun.size());
        List<Stun> answers = stun.stream().map(check::ask).toList();
        // A TURN server answers STUN, too: another view of the NAT for nothing.
        relays.stream()
            .map(Relay::server)
            .filter(each -> givesRelayByUdp(turn, each))
            .forEach(check::ask);
        Nat nat = check.nat();
        List<Relayed> relayed = carry(factory, turn);
        Server reached = server == null ? null : measure(server, factory);
        return new Observation(
            Addresses.local(), answers, nat, turn, relayed, reached, thisMachine());
      }
    }
  }

  /** One that was tried besides is of interest only where the way that was asked gave nothing. */
  private List<Relayed> carry(PeerConnectionFactory factory, List<Turn> turn)
      throws InterruptedException {
    List<Relayed> all = new ArrayList<>();
    for (int i = 0; i < relays.size(); i++) {
      Turn given = turn.get(i);
      boolean isWanted = given.asked() || turn.get(i - 1).relayAddress() == null;
      if (isWanted && given.relayAddress() != null) {
        progress.accept("sending data through " + given.url());
        Relay relay = relays.get(i);
        all.add(new RelayCheck(factory, relay.server, relay.access, request.limitMs()).run());
      }
    }
    return all;
  }

  private void tellCount(String kind, int count) {
    if (count > 0) {
      progress.accept("asking " + kind + " servers, " + count + " in all");
    }
  }

  private static boolean givesRelayByUdp(List<Turn> turn, ServerName server) {
    return server.protocol().equals("udp")
        && turn.stream().anyMatch(it -> it.url().equals(server.url()) && it.relayAddress() != null);
  }

  private @Nullable ServerCheck join() {
    URI uri = request.server();
    if (uri == null) {
      return null;
    }
    progress.accept("entering a room of " + uri);
    ServerCheck check =
        new ServerCheck(RoomServer.of(uri).withSslContext(request.tls()), request.token());
    check.join();
    check.iceServers().forEach(this::add);
    return check;
  }

  private void add(IceServer told) {
    for (String url : told.urls()) {
      try {
        add(ServerName.parse(url), told);
      } catch (IllegalArgumentException e) {
        progress.accept("not asked, as the server has it: " + e.getMessage());
      }
    }
  }

  private void add(ServerName name, IceServer told) {
    String user = told.username();
    String password = told.credential();
    if (!name.isTurn()) {
      stun.add(name);
    } else if (user != null && password != null) {
      addRelay(name, new TurnCheck.Access(user, password, request.tls()));
    }
  }

  private Server measure(ServerCheck server, PeerConnectionFactory factory)
      throws InterruptedException {
    progress.accept("measuring with the server's own peer");
    return server.measure(factory, request.limitMs());
  }

  private boolean asksLoopback() {
    URI server = request.server();
    return stun.stream().anyMatch(ServerName::isLoopback)
        || relays.stream().anyMatch(each -> each.server.isLoopback())
        || server != null && nameOf(server).isLoopback();
  }

  private Set<String> thisMachine() {
    URI server = request.server();
    return Stream.of(
            stun.stream(),
            relays.stream().map(Relay::server),
            Stream.ofNullable(server).map(Examination::nameOf))
        .flatMap(names -> names)
        .filter(ServerName::isThisMachine)
        .map(ServerName::url)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ServerName nameOf(URI server) {
    return new ServerName(server.toString(), "stun", server.getHost(), 1, null);
  }
}
