package org.purertc.ice.mdns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.MulticastLink;
import org.purertc.ice.mdns.DnsMessage.Question;

/**
 * Answers for our names, RFC 6762 sections 6 and 8.3. Nobody else has a name like ours, so it does
 * not probe, as draft-ietf-mmusic-mdns-ice-candidates section 3.1.1 advises.
 */
final class Responder {

  /** The ways out. */
  interface Outlet {

    List<MulticastLink> links();

    /** To everybody on a link. */
    void multicast(MulticastLink link, byte[] message);

    /** To one. */
    void unicast(MulticastLink link, byte[] message, InetSocketAddress to);
  }

  /** RFC 6762 section 6: a record is multicast once a second on a link at most. */
  static final long MULTICAST_INTERVAL_NS = 1_000_000_000L;

  /**
   * When a name is announced first. Whoever is told of it asks within moments, and could not be
   * answered for a second after an announcement.
   */
  static final long ANNOUNCEMENT_DELAY_NS = 1_000_000_000L;

  /** RFC 6762 section 8.3. */
  private static final int ANNOUNCEMENTS = 2;

  private static final long ANNOUNCEMENT_INTERVAL_NS = 1_000_000_000L;

  /** RFC 6762 section 5.4: who asks for unicast gets it when all heard the answer lately. */
  private static final long MULTICAST_LATELY_NS = DnsWriter.TTL_SECONDS / 4 * 1_000_000_000L;

  /** RFC 6762 section 6.7: queries from elsewhere come from programs that know DNS alone. */
  static final int PORT = 5353;

  private final Outlet outlet;
  private final Map<LocalName, Own> names = new LinkedHashMap<>();

  Responder(Outlet outlet) {
    this.outlet = outlet;
  }

  /** One of our names. */
  private static final class Own {
    private final InetAddress address;
    private final Map<MulticastLink, Answers> answers = new HashMap<>();
    private int announcements;
    private long announcementNs;

    Own(InetAddress address, long announcementNs) {
      this.address = address;
      this.announcementNs = announcementNs;
    }

    Answers answers(MulticastLink link) {
      return answers.computeIfAbsent(link, any -> new Answers());
    }
  }

  /** What was said of a name on one link. */
  private static final class Answers {
    private long lastMulticastNs = Long.MIN_VALUE;
    private long dueNs = Loop.NEVER;

    boolean multicastSince(long thenNs) {
      return lastMulticastNs > thenNs;
    }
  }

  void add(LocalName name, InetAddress address, long nowNs) {
    names.put(name, new Own(address, nowNs + ANNOUNCEMENT_DELAY_NS));
  }

  /** Says goodbye for a name. */
  void remove(LocalName name) {
    Own gone = names.remove(name);
    if (gone != null) {
      byte[] goodbye = DnsWriter.goodbye(name, gone.address);
      outlet.links().forEach(link -> outlet.multicast(link, goodbye));
    }
  }

  /** The address of one of our names; null for others. */
  @Nullable InetAddress address(LocalName name) {
    Own own = names.get(name);
    return own == null ? null : own.address;
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Takes a query that came on a link. */
  void receive(DnsMessage query, MulticastLink link, InetSocketAddress from, long nowNs) {
    if (query.isResponse()) {
      return;
    }
    for (Question question : query.questions()) {
      Own own = names.get(question.name());
      if (own == null) {
        continue;
      }
      if (from.getPort() != PORT) {
        outlet.unicast(link, DnsWriter.legacyAnswer(query.id(), question, own.address), from);
        return; // such a program asks one question
      }
      if (!knows(query, question.name(), own.address)) {
        answer(own, question, link, from, nowNs);
      }
    }
  }

  /** RFC 6762 section 7.1: it has the answer, and not from long ago. */
  private static boolean knows(DnsMessage query, LocalName name, InetAddress address) {
    return query.addresses().stream()
        .anyMatch(
            each ->
                each.name().equals(name)
                    && each.address().equals(address)
                    && each.ttlSeconds() >= DnsWriter.TTL_SECONDS / 2);
  }

  /** The answer is one and the same for each type that is asked for: it says which there are. */
  private void answer(
      Own own, Question question, MulticastLink link, InetSocketAddress from, long nowNs) {
    Answers before = own.answers(link);
    if (question.unicast() && before.multicastSince(nowNs - MULTICAST_LATELY_NS)) {
      outlet.unicast(link, DnsWriter.answer(question.name(), own.address), from);
    } else {
      multicast(question.name(), own, link, nowNs);
    }
  }

  /** Tells everybody on a link, now or as soon as it may be told again. */
  private void multicast(LocalName name, Own own, MulticastLink link, long nowNs) {
    Answers answers = own.answers(link);
    if (answers.multicastSince(nowNs - MULTICAST_INTERVAL_NS)) {
      answers.dueNs = answers.lastMulticastNs + MULTICAST_INTERVAL_NS;
    } else {
      answers.lastMulticastNs = nowNs;
      answers.dueNs = Loop.NEVER;
      outlet.multicast(link, DnsWriter.answer(name, own.address));
    }
  }

  void onDeadline(long nowNs) {
    names.forEach((name, own) -> onDeadline(name, own, nowNs));
  }

  private void onDeadline(LocalName name, Own own, long nowNs) {
    if (nowNs >= own.announcementNs) {
      own.announcements++;
      own.announcementNs =
          own.announcements < ANNOUNCEMENTS ? nowNs + ANNOUNCEMENT_INTERVAL_NS : Loop.NEVER;
      outlet.links().forEach(link -> multicast(name, own, link, nowNs));
    }
    own.answers.forEach(
        (link, answers) -> {
          if (nowNs >= answers.dueNs) {
            multicast(name, own, link, nowNs);
          }
        });
  }

  long nextDeadlineNs() {
    long next = Loop.NEVER;
    for (Own own : names.values()) {
      next = Math.min(next, own.announcementNs);
      for (Answers each : own.answers.values()) {
        next = Math.min(next, each.dueNs);
      }
    }
    return next;
  }
}
