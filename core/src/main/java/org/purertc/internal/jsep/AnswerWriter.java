package org.purertc.internal.jsep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.GroupAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/** Writes one answer, RFC 9429 section 5.3, without candidates. */
final class AnswerWriter {
  private final JsepConfiguration configuration;
  private final LocalTransports transports;

  /** With the offer pending. */
  private final NegotiationState state;

  private final SessionDescription offer;

  AnswerWriter(
      JsepConfiguration configuration,
      LocalTransports transports,
      NegotiationState state,
      SessionDescription offer) {
    this.configuration = configuration;
    this.transports = transports;
    this.state = state;
    this.offer = offer;
  }

  CreatedDescription answer(long version) throws JsepException {
    List<MediaDescription> media = new ArrayList<>();
    List<MLine> lines = new ArrayList<>();
    for (int i = 0; i < offer.media().size(); i++) {
      MLine line = state.lines().list().get(i);
      MediaDescription offered = offer.media().get(i);
      MediaDescription section = line.isLive() ? section(offered, line) : null;
      media.add(section == null ? MediaSections.rejected(offered) : section);
      lines.add(section == null ? line.rejected() : line);
    }
    SessionDescription session =
        SessionLevel.of(configuration, version, groups(lines), allowsMixedExtmap(offer));
    return new CreatedDescription(session.withMedia(media), new MLines(lines));
  }

  /** Null when it is rejected. */
  private @Nullable MediaDescription section(MediaDescription offered, MLine line)
      throws JsepException {
    int index = line.transport();
    SetupRole role =
        RemoteTransports.answerRole(offer, state.lines(), state.transport(index), index);
    LocalTransport transport = transports.transport(index);
    Transceiver transceiver = line.transceiver();
    if (transceiver == null) {
      return DataSection.of(configuration, transport, offered, offered.mid(), role);
    }
    List<Codec> codecs =
        CodecMatching.accepted(
            SectionCodecs.read(offered),
            configuration.capabilities().codecs(transceiver.kind()),
            transceiver.codecPreferences());
    if (transceiver.isStopping() || codecs.isEmpty()) {
      return null;
    }
    MediaDescription bare = RtpSection.empty(transceiver.kind(), offered.protocol());
    return media(offered, transceiver, codecs)
        .write(MediaSections.withTransport(bare, transport, offered.mid(), role));
  }

  private RtpSection media(MediaDescription offered, Transceiver transceiver, List<Codec> codecs) {
    MediaDirection direction =
        MediaSections.direction(offer, offered).reversed().intersect(transceiver.direction());
    List<String> sendRids =
        Simulcast.offeredRids(offered).stream().filter(transceiver.sendRids()::contains).toList();
    return new RtpSection(
        transceiver,
        codecs,
        ExtensionIds.accepted(
            offered,
            configuration.capabilities().extensions(transceiver.kind()),
            ExtensionIds.inBundle(bundledWith(offered))),
        direction,
        offered.attributes().hasReducedSizeRtcp(),
        offered.attributes().hasRoundTripReports(),
        direction.sends() && sendRids.size() > 1 ? sendRids : List.of(),
        direction.receives() ? Simulcast.sentRids(offered) : List.of());
  }

  /** The sections of the offer that are to share the transport of this one. */
  private List<MediaDescription> bundledWith(MediaDescription offered) {
    GroupAttribute group = offer.bundleOf(offered);
    if (group == null) {
      return List.of(offered);
    }
    return offer.media().stream()
        .filter(section -> group.equals(offer.bundleOf(section)))
        .filter(section -> MediaSections.isLive(offer, section))
        .toList();
  }

  /** RFC 9143 section 7.3: the offer's groups without what is rejected. */
  private List<List<String>> groups(List<MLine> lines) {
    List<List<String>> groups = new ArrayList<>();
    for (GroupAttribute group : offer.bundles()) {
      List<String> mids = new ArrayList<>();
      for (String mid : group.mids()) {
        int index = offer.indexOfMid(mid);
        if (lines.get(index).isLive()) {
          mids.add(mid);
        }
      }
      if (!mids.isEmpty()) {
        groups.add(mids);
      }
    }
    return groups;
  }

  /** RFC 8285 section 6: only what the offer had may be in the answer. */
  private static boolean allowsMixedExtmap(SessionDescription offer) {
    return offer.attributes().allowsMixedExtmap()
        || offer.media().stream().anyMatch(section -> section.attributes().allowsMixedExtmap());
  }
}
