package org.purertc.internal.jsep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.ExtmapAttribute;
import org.purertc.sdp.MediaDescription;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/** Writes one offer, RFC 9429 section 5.2, without candidates. */
final class OfferWriter {
  private final JsepConfiguration configuration;
  private final LocalTransports transports;

  /** The last negotiation. */
  private final NegotiationState stable;

  private final List<MediaDescription> before;
  private final PayloadTypes payloadTypes;
  private final ExtensionIds extensionIds;

  OfferWriter(
      JsepConfiguration configuration, LocalTransports transports, NegotiationState stable) {
    this.configuration = configuration;
    this.transports = transports;
    this.stable = stable;
    SessionDescription local = stable.currentLocal();
    SessionDescription remote = stable.currentRemote();
    before = local == null ? List.of() : local.media();
    payloadTypes = new PayloadTypes(local, remote);
    extensionIds = new ExtensionIds(local, remote);
  }

  /**
   * @param wantsData whether an application section is needed
   */
  CreatedDescription offer(List<Transceiver> transceivers, boolean wantsData, long version)
      throws JsepException {
    OfferBundles bundles =
        new OfferBundles(
            configuration.bundlePolicy(), stable, lines(transceivers, wantsData), this::typeOf);
    MLines lines = bundles.lines();
    List<MediaDescription> media = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      MediaDescription section = section(lines, i);
      if (bundles.isBundleOnly(i)) {
        section = section.withPort(0).with("bundle-only", null);
      }
      media.add(section);
    }
    SessionDescription session = SessionLevel.of(configuration, version, bundles.groups(), true);
    return new CreatedDescription(session.withMedia(media), lines);
  }

  /** The sections in their order; new ones have no right transport yet. */
  private MLines lines(List<Transceiver> transceivers, boolean wantsData) {
    Set<String> mids = SessionLevel.mids(stable.currentLocal(), stable.currentRemote());
    stable.lines().list().forEach(line -> mids.add(line.mid()));
    boolean needsData = wantsData && stable.lines().dataIndex() < 0;
    Deque<Transceiver> added = new ArrayDeque<>();
    for (Transceiver transceiver : transceivers) {
      if (!transceiver.isStopping() && stable.lines().indexOf(transceiver) < 0) {
        added.add(transceiver);
      }
    }
    List<MLine> lines = new ArrayList<>();
    for (int i = 0; i < stable.lines().size(); i++) {
      MLine line = stable.lines().list().get(i);
      Transceiver transceiver = line.transceiver();
      boolean free = !line.isLive() && transceiver == null;
      if (line.isLive() && transceiver != null && transceiver.isStopping()) {
        lines.add(line.rejected());
      } else if (free && needsData && before.get(i).media().equals("application")) {
        // RFC 9429 section 5.2.2: a rejected section is used anew, with a new mid.
        lines.add(OfferBundles.added(SessionLevel.newMid(mids), null));
        needsData = false;
      } else if (free && !added.isEmpty()) {
        lines.add(OfferBundles.added(SessionLevel.newMid(mids), added.remove()));
      } else {
        lines.add(line);
      }
    }
    added.forEach(one -> lines.add(OfferBundles.added(SessionLevel.newMid(mids), one)));
    if (needsData) {
      lines.add(OfferBundles.added(SessionLevel.newMid(mids), null));
    }
    return new MLines(lines);
  }

  private String typeOf(MLine line) {
    Transceiver transceiver = line.transceiver();
    return transceiver == null ? "application" : transceiver.kind().toString();
  }

  private MediaDescription section(MLines lines, int index) throws JsepException {
    MLine line = lines.list().get(index);
    MLine old = stable.lines().at(index);
    boolean kept = old != null && old.isLive() && old.mid().equals(line.mid());
    if (!line.isLive()) {
      return MediaSections.rejected(before.get(index));
    }
    LocalTransport transport = transports.transport(line.transport());
    Transceiver transceiver = line.transceiver();
    if (transceiver == null) {
      MediaDescription like = kept ? before.get(index) : DataSection.NEW;
      // RFC 8842 section 5.5: actpass also in later offers; the association keeps its roles.
      return DataSection.of(configuration, transport, like, line.mid(), SetupRole.ACTPASS);
    }
    MediaDescription previous = kept ? before.get(index) : null;
    String protocol = previous == null ? RtpSection.PROTOCOL : previous.protocol();
    MediaDescription section =
        MediaSections.withTransport(
            RtpSection.empty(transceiver.kind(), protocol),
            transport,
            line.mid(),
            SetupRole.ACTPASS);
    RtpSection media = media(transceiver, previous);
    if (media.codecs().isEmpty()) {
      throw JsepException.operation(
          "m-line " + index + " (" + transceiver.kind() + "): no codec, or no free payload type");
    }
    return media.write(section);
  }

  private RtpSection media(Transceiver transceiver, @Nullable MediaDescription previous) {
    List<Codec> codecsBefore = previous == null ? List.of() : SectionCodecs.read(previous);
    List<ExtmapAttribute> extensionsBefore =
        previous == null ? List.of() : previous.attributes().extmaps();
    List<HeaderExtension> supported = configuration.capabilities().extensions(transceiver.kind());
    boolean simulcast = transceiver.direction().sends() && transceiver.sendRids().size() > 1;
    return new RtpSection(
        transceiver,
        payloadTypes.assign(wanted(transceiver, codecsBefore), codecsBefore),
        extensionIds.assign(supported, extensionsBefore),
        transceiver.direction(),
        true,
        true,
        simulcast ? transceiver.sendRids() : List.of(),
        List.of());
  }

  /** The user's order; else first what the section had, so that a later offer changes nothing. */
  private List<Codec> wanted(Transceiver transceiver, List<Codec> codecsBefore) {
    List<Codec> supported = configuration.capabilities().codecs(transceiver.kind());
    List<Codec> preferences = transceiver.codecPreferences();
    List<Codec> kept = transceiver.wantsDefaultOrder() ? List.of() : codecsBefore;
    List<Codec> first = preferences.isEmpty() ? kept : preferences;
    Set<Codec> wanted = new LinkedHashSet<>();
    for (Codec codec : first) {
      Codec ours = codec.isRtx() ? null : CodecMatching.find(codec, supported);
      if (ours != null) {
        wanted.add(ours);
      }
    }
    if (preferences.isEmpty()) {
      supported.stream().filter(codec -> !codec.isRtx()).forEach(wanted::add);
    }
    List<Codec> codecs = new ArrayList<>(wanted);
    CodecMatching.removeLoneEvents(codecs);
    if (preferences.isEmpty() || preferences.stream().anyMatch(Codec::isRtx)) {
      supported.stream().filter(Codec::isRtx).forEach(codecs::add);
    }
    return codecs;
  }
}
