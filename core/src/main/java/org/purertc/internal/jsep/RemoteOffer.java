package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;

/** What the sections of a remote offer belong to, RFC 9429 section 5.10. */
final class RemoteOffer {
  private final SessionDescription offer;
  private final JsepConfiguration configuration;

  /** The last negotiation. */
  private final NegotiationState stable;

  private final Set<String> mids;

  RemoteOffer(SessionDescription offer, JsepConfiguration configuration, NegotiationState stable) {
    this.offer = offer;
    this.configuration = configuration;
    this.stable = stable;
    mids = SessionLevel.mids(offer);
    stable.lines().list().forEach(line -> mids.add(line.mid()));
  }

  /**
   * The sections with their transports; a transceiver only where there is one already.
   *
   * @param known the sections before this offer, with an offer that it replaces
   */
  MLines lines(MLines known) {
    List<MLine> lines = new ArrayList<>();
    int data = DataSection.indexIn(offer);
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription section = offer.media().get(i);
      String mid = mid(i);
      MLine before = known.at(i);
      Transceiver transceiver =
          before != null && before.mid().equals(mid) ? before.transceiver() : null;
      if (transceiver != null && transceiver.kind() != MediaSections.kindOf(section)) {
        transceiver = null;
      }
      boolean wanted = i == data || isAcceptable(section, transceiver);
      lines.add(
          new MLine(mid, transceiver, i == data, wanted ? Integer.MAX_VALUE : MLine.REJECTED));
    }
    return withTransports(lines);
  }

  private String mid(int index) {
    String written = offer.media().get(index).mid();
    if (written != null) {
      return written;
    }
    MLine before = stable.lines().at(index);
    return before != null && offer.indexOfMid(before.mid()) < 0
        ? before.mid()
        : SessionLevel.newMid(mids);
  }

  private boolean isAcceptable(MediaDescription section, @Nullable Transceiver transceiver) {
    MediaKind kind = MediaSections.kindOf(section);
    return kind != null
        && MediaSections.isLive(offer, section)
        && (transceiver == null || !transceiver.isStopping())
        && !CodecMatching.accepted(
                SectionCodecs.read(section), configuration.capabilities().codecs(kind), List.of())
            .isEmpty();
  }

  /** RFC 9143 section 7.3: a group shares a transport, the running one if it has one. */
  private MLines withTransports(List<MLine> lines) {
    Set<Integer> taken = new HashSet<>();
    for (GroupAttribute group : offer.bundles()) {
      // Also what is rejected now tells which transport the group has.
      List<Integer> members = group.mids().stream().map(offer::indexOfMid).toList();
      List<Integer> live = members.stream().filter(index -> lines.get(index).isLive()).toList();
      if (!live.isEmpty()) {
        int transport = transport(members, lines, taken);
        live.forEach(index -> lines.set(index, lines.get(index).onTransport(transport)));
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).transport() == Integer.MAX_VALUE) {
        lines.set(i, lines.get(i).onTransport(transport(List.of(i), lines, taken)));
      }
    }
    return maxBundled(new MLines(lines));
  }

  private int transport(List<Integer> members, List<MLine> lines, Set<Integer> taken) {
    for (int index : members) {
      MLine before = stable.lines().at(index);
      if (before != null
          && before.isLive()
          && before.mid().equals(lines.get(index).mid())
          && taken.add(before.transport())) {
        return before.transport();
      }
    }
    int free = stable.lines().freeTransport(taken);
    taken.add(free);
    return free;
  }

  /** RFC 9429 section 5.3.1: max-bundle rejects what is not bundled with the first. */
  private MLines maxBundled(MLines lines) {
    if (configuration.bundlePolicy() != BundlePolicy.MAX_BUNDLE || lines.transports().size() < 2) {
      return lines;
    }
    int first =
        lines.list().stream().filter(MLine::isLive).map(MLine::transport).findFirst().orElseThrow();
    return new MLines(
        lines.list().stream()
            .map(line -> line.transport() == first ? line : line.rejected())
            .toList());
  }

  /**
   * The sections with a transceiver for each that can be accepted.
   *
   * @param transceivers in their order; those that the factory makes are added
   */
  MLines associated(
      MLines lines, List<Transceiver> transceivers, Function<MediaKind, Transceiver> factory) {
    List<MLine> associated = new ArrayList<>(lines.list());
    for (int i = 0; i < associated.size(); i++) {
      MLine line = associated.get(i);
      MediaDescription section = offer.media().get(i);
      MediaKind kind = MediaSections.kindOf(section);
      if (line.isLive() && kind != null && line.transceiver() == null) {
        Transceiver transceiver = unassociated(section, kind, transceivers, associated);
        if (transceiver == null) {
          transceiver = factory.apply(kind);
          transceivers.add(transceiver);
        }
        associated.set(i, new MLine(line.mid(), transceiver, false, line.transport()));
      }
    }
    return new MLines(associated);
  }

  /** The first that addTrack made and no section has, when the remote wants to receive. */
  private @Nullable Transceiver unassociated(
      MediaDescription section, MediaKind kind, List<Transceiver> transceivers, List<MLine> lines) {
    if (!MediaSections.direction(offer, section).receives()) {
      return null;
    }
    for (Transceiver transceiver : transceivers) {
      if (transceiver.kind() == kind
          && transceiver.isAddedByTrack()
          && !transceiver.isStopping()
          && stable.lines().indexOf(transceiver) < 0
          && lines.stream().noneMatch(line -> line.transceiver() == transceiver)) {
        return transceiver;
      }
    }
    return null;
  }
}
