package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.SessionDescription;

/** Which sections of our offer share a transport: RFC 9429 section 5.2.1 and RFC 9143. */
final class OfferBundles {

  /** Stands for the transport of a section that has none yet. */
  private static final int UNDECIDED = Integer.MAX_VALUE;

  private final BundlePolicy policy;
  private final NegotiationState stable;
  private final Function<MLine, String> typeOf;
  private final List<MLine> lines = new ArrayList<>();
  private final Set<Integer> bundleOnly = new HashSet<>();
  private final List<List<String>> groups = new ArrayList<>();

  OfferBundles(
      BundlePolicy policy,
      NegotiationState stable,
      MLines undecided,
      Function<MLine, String> typeOf) {
    this.policy = policy;
    this.stable = stable;
    this.typeOf = typeOf;
    findGroups(undecided);
    assignTransports(undecided);
  }

  /** A section that is new. */
  static MLine added(String mid, @Nullable Transceiver transceiver) {
    return new MLine(mid, transceiver, transceiver == null, UNDECIDED);
  }

  MLines lines() {
    return new MLines(lines);
  }

  /** RFC 9143 section 6: a section that works only if it is bundled. */
  boolean isBundleOnly(int index) {
    return bundleOnly.contains(index);
  }

  /** The mids of each group, that of the running transport first. */
  List<List<String>> groups() {
    return groups;
  }

  /** The groups that both sides agreed on stay; all that is new joins the first. */
  private void findGroups(MLines undecided) {
    List<MLine> live = undecided.list().stream().filter(MLine::isLive).toList();
    Set<String> left = new HashSet<>(live.stream().map(MLine::mid).toList());
    SessionDescription remote = stable.currentRemote();
    boolean agreed = false;
    for (GroupAttribute group : remote == null ? List.<GroupAttribute>of() : remote.bundles()) {
      List<String> mids = new ArrayList<>(group.mids());
      mids.removeIf(mid -> !left.remove(mid));
      if (!mids.isEmpty()) {
        agreed = true;
        groups.add(mids);
      }
    }
    if (groups.isEmpty() && !live.isEmpty()) {
      groups.add(new ArrayList<>());
    }
    for (MLine line : live) {
      // Sections that the remote keeps apart from its group stay apart.
      if (left.contains(line.mid()) && (!agreed || line.transport() == UNDECIDED)) {
        groups.get(0).add(line.mid());
      }
    }
  }

  private void assignTransports(MLines undecided) {
    Set<Integer> used = new HashSet<>(stable.lines().transports());
    boolean established =
        undecided.list().stream()
            .anyMatch(
                line ->
                    line.isLive() && line.transport() != UNDECIDED && stable.isBundled(line.mid()));
    Map<String, Integer> firstOfType = new HashMap<>();
    for (MLine line : undecided.list()) {
      if (line.transport() != UNDECIDED) {
        if (line.isLive()) {
          firstOfType.putIfAbsent(typeOf.apply(line), line.transport());
        }
        lines.add(line);
      } else if (established) {
        // As browsers do: the remote bundles, so the section shares the port of its group.
        lines.add(line.onTransport(transportOfGroup(undecided)));
      } else {
        lines.add(line.onTransport(assign(line, firstOfType, used)));
      }
    }
  }

  private int assign(MLine line, Map<String, Integer> firstOfType, Set<Integer> used) {
    boolean needsOwn =
        switch (policy) {
          case MAX_COMPAT -> true;
          case BALANCED -> !firstOfType.containsKey(typeOf.apply(line));
          case MAX_BUNDLE -> firstOfType.isEmpty();
        };
    if (needsOwn) {
      int free = 0;
      while (!used.add(free)) {
        free++;
      }
      firstOfType.putIfAbsent(typeOf.apply(line), free);
      return free;
    }
    bundleOnly.add(lines.size());
    return new MLines(lines).transportAt(firstLive());
  }

  private int firstLive() {
    int index = 0;
    while (!lines.get(index).isLive()) {
      index++;
    }
    return index;
  }

  private int transportOfGroup(MLines undecided) {
    for (String mid : groups.get(0)) {
      int index = undecided.indexOfMid(mid);
      int transport = undecided.transportAt(index);
      if (transport != UNDECIDED) {
        return transport;
      }
    }
    throw new IllegalStateException("an established group without a transport");
  }
}
