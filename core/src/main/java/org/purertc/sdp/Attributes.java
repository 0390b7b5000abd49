package org.purertc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The attributes of the session level or of one media section, in order. Immutable. */
public final class Attributes {
  public static final Attributes NONE = new Attributes(List.of());

  private final List<Attribute> list;

  public Attributes(List<Attribute> list) {
    this.list = List.copyOf(list);
  }

  public List<Attribute> list() {
    return list;
  }

  public boolean has(String name) {
    return list.stream().anyMatch(attribute -> attribute.name().equals(name));
  }

  /** Value of the first attribute of that name; null when there is none or it has no value. */
  public @Nullable String value(String name) {
    for (Attribute attribute : list) {
      if (attribute.name().equals(name)) {
        return attribute.value();
      }
    }
    return null;
  }

  /** The values of all attributes of that name. */
  public List<String> values(String name) {
    List<String> values = new ArrayList<>();
    for (Attribute attribute : list) {
      if (attribute.name().equals(name) && attribute.value() != null) {
        values.add(attribute.value());
      }
    }
    return values;
  }

  /** With one more attribute at the end. */
  public Attributes with(Attribute attribute) {
    List<Attribute> changed = new ArrayList<>(list);
    changed.add(attribute);
    return new Attributes(changed);
  }

  /** Without all attributes of that name. */
  public Attributes without(String name) {
    return new Attributes(
        list.stream().filter(attribute -> !attribute.name().equals(name)).toList());
  }

  public List<GroupAttribute> groups() {
    return values("group").stream().map(GroupAttribute::of).toList();
  }

  public List<FingerprintAttribute> fingerprints() {
    return values("fingerprint").stream().map(FingerprintAttribute::of).toList();
  }

  public List<CandidateAttribute> candidates() {
    return values("candidate").stream().map(CandidateAttribute::of).toList();
  }

  public boolean hasEndOfCandidates() {
    return has("end-of-candidates");
  }

  public @Nullable SetupRole setup() {
    String value = value("setup");
    return value == null ? null : SetupRole.of(value);
  }

  public @Nullable String iceUfrag() {
    return value("ice-ufrag");
  }

  public @Nullable String icePwd() {
    return value("ice-pwd");
  }

  public List<String> iceOptions() {
    String value = value("ice-options");
    return value == null ? List.of() : Syntax.fields(value);
  }

  public boolean isIceLite() {
    return has("ice-lite");
  }

  public @Nullable String mid() {
    return value("mid");
  }

  public @Nullable Integer sctpPort() {
    String value = value("sctp-port");
    return value == null ? null : Integer.valueOf(value);
  }

  /** RFC 8841 section 6, in bytes; 0 means any size. A number beyond 18 digits reads as 0. */
  public @Nullable Long maxMessageSize() {
    String value = value("max-message-size");
    if (value == null) {
      return null;
    }
    return value.length() > 18 ? Long.valueOf(0) : Long.valueOf(value);
  }

  public @Nullable String tlsId() {
    return value("tls-id");
  }

  public @Nullable RtcpAttribute rtcp() {
    String value = value("rtcp");
    return value == null ? null : RtcpAttribute.of(value);
  }

  public boolean hasRtcpMux() {
    return has("rtcp-mux");
  }

  public List<SctpMapAttribute> sctpMaps() {
    return values("sctpmap").stream().map(SctpMapAttribute::of).toList();
  }

  public boolean allowsMixedExtmap() {
    return has("extmap-allow-mixed");
  }

  public @Nullable MsidSemanticAttribute msidSemantic() {
    String value = value("msid-semantic");
    return value == null ? null : MsidSemanticAttribute.of(value);
  }

  public List<RtpMapAttribute> rtpMaps() {
    return values("rtpmap").stream().map(RtpMapAttribute::of).toList();
  }

  public List<FmtpAttribute> fmtps() {
    return values("fmtp").stream().map(FmtpAttribute::of).toList();
  }

  public List<RtcpFeedbackAttribute> rtcpFeedback() {
    return values("rtcp-fb").stream().map(RtcpFeedbackAttribute::of).toList();
  }

  public List<ExtmapAttribute> extmaps() {
    return values("extmap").stream().map(ExtmapAttribute::of).toList();
  }

  public List<MsidAttribute> msids() {
    return values("msid").stream().map(MsidAttribute::of).toList();
  }

  public List<SsrcAttribute> ssrcs() {
    return values("ssrc").stream().map(SsrcAttribute::of).toList();
  }

  public List<SsrcGroupAttribute> ssrcGroups() {
    return values("ssrc-group").stream().map(SsrcGroupAttribute::of).toList();
  }

  public List<RidAttribute> rids() {
    return values("rid").stream().map(RidAttribute::of).toList();
  }

  public @Nullable SimulcastAttribute simulcast() {
    String value = value("simulcast");
    return value == null ? null : SimulcastAttribute.of(value);
  }

  /** RFC 5506. */
  public boolean hasReducedSizeRtcp() {
    return has("rtcp-rsize");
  }

  /** RFC 3611 section 5.1: any receiver may ask for the round trip. */
  public boolean hasRoundTripReports() {
    String value = value("rtcp-xr");
    return value != null && List.of(value.split(" ")).contains("rcvr-rtt=all");
  }

  /** {@code a=ptime} in milliseconds. */
  public @Nullable Double packetTimeMs() {
    String value = value("ptime");
    return value == null ? null : Syntax.milliseconds(value, "ptime");
  }

  /** {@code a=maxptime} in milliseconds. */
  public @Nullable Double maxPacketTimeMs() {
    String value = value("maxptime");
    return value == null ? null : Syntax.milliseconds(value, "maxptime");
  }

  /** Null when no direction is written; RFC 8866 section 6.7 then means sendrecv. */
  public @Nullable MediaDirection direction() {
    for (MediaDirection direction : MediaDirection.values()) {
      if (has(direction.toString())) {
        return direction;
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes that && list.equals(that.list);
  }

  @Override
  public int hashCode() {
    return Objects.hash(list);
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
