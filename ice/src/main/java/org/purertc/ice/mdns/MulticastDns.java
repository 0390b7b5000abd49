package org.purertc.ice.mdns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.MulticastLink;
import org.purertc.ice.io.Network;

/**
 * Multicast DNS for all peers of a factory: finds the addresses of others' names, and has names for
 * addresses of this host. It lives on the loop of whoever needed it first; its sockets are open
 * while somebody needs them and a little longer. May be used from any thread.
 */
public final class MulticastDns {

  /**
   * What became of a look-up.
   *
   * @param address null when there is none
   * @param trouble why there is none, in words
   */
  public record Lookup(@Nullable InetAddress address, String trouble) {}

  private final Network network;
  private final RandomGenerator random;
  private final Map<InetAddress, Hidden> hidden = new ConcurrentHashMap<>();
  private @Nullable Home home;

  /**
   * @param random cryptographically secure outside tests, since names must not be guessed
   */
  public MulticastDns(Network network, RandomGenerator random) {
    this.network = network;
    this.random = random;
  }

  /** An address of this host and how many need its name. */
  private record Hidden(LocalName name, Home at, int users) {}

  /**
   * Looks a name up, which takes 5 s at most.
   *
   * @param loop where {@code told} is called, never inside this call
   */
  public void lookUp(LocalName name, Loop loop, Consumer<Lookup> told) {
    Home at = home(loop);
    at.loop.execute(() -> at.lookUp(name, new Waiting(loop, told)));
  }

  /**
   * The name of an address of this host, the same for all who ask while one of them needs it. Each
   * {@link #withdraw}s it once.
   *
   * @param loop of the caller
   */
  public LocalName announce(InetAddress address, Loop loop) {
    Home at = home(loop);
    Hidden used =
        hidden.compute(
            address,
            (key, known) -> {
              if (known != null) {
                return new Hidden(known.name, known.at, known.users + 1);
              }
              LocalName name = LocalName.random(random);
              at.loop.execute(() -> at.add(name, key));
              return new Hidden(name, at, 1);
            });
    return used.name;
  }

  /** One of those who needed the name of this address is gone. */
  public void withdraw(InetAddress address) {
    hidden.computeIfPresent(
        address,
        (key, known) -> {
          if (known.users > 1) {
            return new Hidden(known.name, known.at, known.users - 1);
          }
          known.at.loop.execute(() -> known.at.remove(known.name));
          return null;
        });
  }

  private synchronized Home home(Loop loop) {
    Home known = home;
    if (known == null) {
      known = new Home(loop);
      home = known;
    }
    return known;
  }

  /** Who waits for an address, and where. */
  private record Waiting(Loop loop, Consumer<Lookup> told) {

    void tell(Lookup lookup) {
      loop.execute(() -> told.accept(lookup));
    }
  }

  /** The machines on one loop, with their sockets. Its thread only. */
  private final class Home implements Querier.Owner {
    private final Loop loop;
    private final MulticastSockets sockets;
    private final Querier querier = new Querier(this);
    private final Responder responder;
    private final Map<LocalName, List<Waiting>> waiting = new HashMap<>();
    private Loop.@Nullable LoopTimer timer;

    Home(Loop loop) {
      this.loop = loop;
      sockets = new MulticastSockets(network, loop, this::receive);
      responder = new Responder(sockets);
    }

    void lookUp(LocalName name, Waiting who) {
      waiting.computeIfAbsent(name, any -> new ArrayList<>(1)).add(who);
      long nowNs = loop.nowNs();
      InetAddress own = responder.address(name);
      if (own != null) {
        onFound(name, own);
      } else if (sockets.open(nowNs)) {
        querier.ask(name, nowNs);
      } else {
        querier.giveUp(sockets.trouble()); // what was asked on links that have gone since
        onNotFound(name, sockets.trouble());
      }
      settle(nowNs);
    }

    void add(LocalName name, InetAddress address) {
      long nowNs = loop.nowNs();
      sockets.open(nowNs);
      responder.add(name, address, nowNs);
      settle(nowNs);
    }

    void remove(LocalName name) {
      responder.remove(name);
      settle(loop.nowNs());
    }

    private void receive(MulticastLink link, DnsMessage message, InetSocketAddress from) {
      long nowNs = loop.nowNs();
      if (message.isResponse()) {
        querier.receive(message, nowNs);
      } else {
        responder.receive(message, link, from, nowNs);
      }
      settle(nowNs);
    }

    private void onDeadline(long nowNs) {
      querier.onDeadline(nowNs);
      responder.onDeadline(nowNs);
      settle(nowNs);
    }

    private void settle(long nowNs) {
      boolean needed = querier.isBusy() || !responder.isEmpty();
      if (sockets.closeUnneeded(needed, nowNs)) {
        querier.forgetKnown();
      }
      Loop.LoopTimer current = timer;
      if (current == null) {
        current = loop.timer(this::onDeadline);
        timer = current;
      }
      long next = Math.min(querier.nextDeadlineNs(), responder.nextDeadlineNs());
      current.set(Math.min(next, sockets.closesNs()));
    }

    @Override
    public void sendQuery(byte[] message) {
      sockets.links().forEach(link -> sockets.multicast(link, message));
    }

    @Override
    public void onFound(LocalName name, InetAddress address) {
      tell(name, new Lookup(address, ""));
    }

    @Override
    public void onNotFound(LocalName name, String why) {
      tell(name, new Lookup(null, why));
    }

    private void tell(LocalName name, Lookup lookup) {
      List<Waiting> all = waiting.remove(name);
      if (all != null) {
        all.forEach(each -> each.tell(lookup));
      }
    }
  }
}
