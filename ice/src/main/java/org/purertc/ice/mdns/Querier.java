package org.purertc.ice.mdns;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.purertc.ice.io.Loop;

/** Finds the addresses of names, RFC 6762 section 5; remembers what it found as long as it may. */
final class Querier {

  /** What it needs, and whom it tells. */
  interface Owner {

    /** Goes to everybody on all links. */
    void sendQuery(byte[] message);

    /** May be called inside {@link #ask}. */
    void onFound(LocalName name, InetAddress address);

    /** May be called inside {@link #ask}. */
    void onNotFound(LocalName name, String why);
  }

  /** Names that are asked for at the same time; a description could have any number. */
  static final int MAX_ASKED = 100;

  /** Names whose address is remembered. */
  static final int MAX_KNOWN = 200;

  /** RFC 6762 section 5.2: again after a second, then after twice as long each time. */
  static final long FIRST_INTERVAL_NS = 1_000_000_000L;

  static final int MAX_QUERIES = 3;

  /** After the last query; browsers give up after 3 to 9 s in all. */
  static final long LAST_WAIT_NS = 2_000_000_000L;

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final Owner owner;
  private final Map<LocalName, Asked> asked = new LinkedHashMap<>();
  private final Map<LocalName, Known> known = new LinkedHashMap<>();

  Querier(Owner owner) {
    this.owner = owner;
  }

  /** A name whose answer is missing. */
  private static final class Asked {
    private int queries;
    private long dueNs;
  }

  private record Known(InetAddress address, long expiresNs) {}

  /** Asks for a name, unless its address is known or it is being asked for. */
  void ask(LocalName name, long nowNs) {
    Known found = known.get(name);
    if (found != null && nowNs < found.expiresNs) {
      owner.onFound(name, found.address);
      return;
    }
    if (asked.containsKey(name)) {
      return;
    }
    if (asked.size() >= MAX_ASKED) {
      owner.onNotFound(name, "too many names are being looked up");
      return;
    }
    Asked fresh = new Asked();
    asked.put(name, fresh);
    query(name, fresh, nowNs);
  }

  private void query(LocalName name, Asked of, long nowNs) {
    owner.sendQuery(DnsWriter.query(name, DnsMessage.TYPE_A));
    owner.sendQuery(DnsWriter.query(name, DnsMessage.TYPE_AAAA));
    of.queries++;
    of.dueNs =
        nowNs + (of.queries == MAX_QUERIES ? LAST_WAIT_NS : FIRST_INTERVAL_NS << (of.queries - 1));
  }

  /** Takes answers, those to others' questions too. */
  void receive(DnsMessage response, long nowNs) {
    if (!response.isResponse()) {
      return;
    }
    Set<LocalName> names = new HashSet<>();
    response.addresses().forEach(each -> names.add(each.name()));
    for (LocalName name : names) {
      receive(name, response.addresses(), nowNs);
    }
  }

  private void receive(LocalName name, List<DnsMessage.Address> all, long nowNs) {
    Set<InetAddress> addresses = new HashSet<>();
    long ttlSeconds = DnsWriter.TTL_SECONDS;
    for (DnsMessage.Address each : all) {
      if (each.name().equals(name) && each.ttlSeconds() > 0) {
        addresses.add(each.address());
        ttlSeconds = Math.min(ttlSeconds, each.ttlSeconds());
      }
    }
    boolean wanted = asked.containsKey(name);
    if (addresses.isEmpty()) {
      known.remove(name); // RFC 6762 section 10.1: a goodbye
    } else if (addresses.size() > 1 && wanted) {
      // The draft's section 3.2.2: a name stands for one address.
      asked.remove(name);
      owner.onNotFound(name, "it has several addresses");
    } else if (addresses.size() == 1 && (wanted || known.containsKey(name))) {
      InetAddress address = addresses.iterator().next();
      remember(name, new Known(address, nowNs + ttlSeconds * NS_PER_SECOND));
      if (asked.remove(name) != null) {
        owner.onFound(name, address);
      }
    }
  }

  private void remember(LocalName name, Known found) {
    known.remove(name); // so that it becomes the youngest
    known.put(name, found);
    if (known.size() > MAX_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
  }

  void onDeadline(long nowNs) {
    for (LocalName name : List.copyOf(asked.keySet())) {
      Asked due = asked.get(name);
      if (due != null && nowNs >= due.dueNs) {
        onDeadline(name, due, nowNs);
      }
    }
  }

  private void onDeadline(LocalName name, Asked due, long nowNs) {
    if (due.queries < MAX_QUERIES) {
      query(name, due, nowNs);
    } else {
      asked.remove(name);
      owner.onNotFound(name, "nobody answered for it");
    }
  }

  long nextDeadlineNs() {
    long next = Loop.NEVER;
    for (Asked each : asked.values()) {
      next = Math.min(next, each.dueNs);
    }
    return next;
  }

  /** Whether somebody waits. */
  boolean isBusy() {
    return !asked.isEmpty();
  }

  /** Nothing can be asked: tells so of all names. */
  void giveUp(String why) {
    List<LocalName> all = List.copyOf(asked.keySet());
    asked.clear();
    all.forEach(name -> owner.onNotFound(name, why));
  }

  /** Goodbyes will not be heard: what is known must not be believed any longer. */
  void forgetKnown() {
    known.clear();
  }
}
