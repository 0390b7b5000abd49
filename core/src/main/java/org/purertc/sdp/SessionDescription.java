package org.purertc.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole SDP, RFC 8866: session level and media sections. Immutable. */
public final class SessionDescription {
  private final Origin origin;
  private final String name;
  private final List<SdpField> fields;
  private final Attributes attributes;
  private final List<MediaDescription> media;
  private final List<GroupAttribute> bundles;

  SessionDescription(
      Origin origin,
      String name,
      List<SdpField> fields,
      Attributes attributes,
      List<MediaDescription> media) {
    Syntax.checkText(name);
    this.origin = origin;
    this.name = name;
    this.fields = List.copyOf(fields);
    this.attributes = attributes;
    this.media = List.copyOf(media);
    this.bundles =
        attributes.groups().stream()
            .filter(group -> group.isBundle() && !group.mids().isEmpty())
            .toList();
  }

  /** An SDP with {@code s=-}, {@code t=0 0} and nothing else. */
  public static SessionDescription of(Origin origin) {
    List<SdpField> fields = List.of(new SdpField('t', "0 0"));
    return new SessionDescription(origin, "-", fields, Attributes.NONE, List.of());
  }

  /**
   * Reads an SDP. Line ends are CRLF or LF, the last one may be missing; all else is strict.
   *
   * @throws SdpException when the text breaks a rule of RFC 8866 or of an attribute's grammar, or
   *     is longer than 1,048,576 characters, 50,000 lines or 2,000 media sections
   */
  public static SessionDescription parse(String text) throws SdpException {
    return new SdpParser(text).parse();
  }

  public Origin origin() {
    return origin;
  }

  /** The {@code s=} line. */
  public String name() {
    return name;
  }

  /** The session's lines other than {@code v= o= s= a=}. */
  public List<SdpField> fields() {
    return fields;
  }

  /** Those of the session level. */
  public Attributes attributes() {
    return attributes;
  }

  public List<MediaDescription> media() {
    return media;
  }

  /** Index of the section with that mid, -1 when there is none. */
  public int indexOfMid(String mid) {
    for (int i = 0; i < media.size(); i++) {
      if (mid.equals(media.get(i).mid())) {
        return i;
      }
    }
    return -1;
  }

  /** The BUNDLE groups that hold a section, RFC 9143. */
  public List<GroupAttribute> bundles() {
    return bundles;
  }

  /** The BUNDLE group that holds the section; null when it is in none. */
  public @Nullable GroupAttribute bundleOf(MediaDescription section) {
    String mid = section.mid();
    for (GroupAttribute group : bundles) {
      if (mid != null && group.mids().contains(mid)) {
        return group;
      }
    }
    return null;
  }

  /** {@code a=ice-ufrag} of the section, else of the session. */
  public @Nullable String iceUfrag(MediaDescription section) {
    String own = section.attributes().iceUfrag();
    return own != null ? own : attributes.iceUfrag();
  }

  /** {@code a=ice-pwd} of the section, else of the session. */
  public @Nullable String icePwd(MediaDescription section) {
    String own = section.attributes().icePwd();
    return own != null ? own : attributes.icePwd();
  }

  /** {@code a=setup} of the section, else of the session. */
  public @Nullable SetupRole setup(MediaDescription section) {
    SetupRole own = section.attributes().setup();
    return own != null ? own : attributes.setup();
  }

  /** {@code a=tls-id} of the section, else of the session. */
  public @Nullable String tlsId(MediaDescription section) {
    String own = section.attributes().tlsId();
    return own != null ? own : attributes.tlsId();
  }

  /** RFC 8122 section 5: those of the section replace those of the session. */
  public List<FingerprintAttribute> fingerprints(MediaDescription section) {
    List<FingerprintAttribute> own = section.attributes().fingerprints();
    return own.isEmpty() ? attributes.fingerprints() : own;
  }

  /** With one more attribute at the end of the session level. */
  public SessionDescription with(String attribute, @Nullable String value) {
    Attributes changed = attributes.with(new Attribute(attribute, value));
    return new SessionDescription(origin, name, fields, changed, media);
  }

  public SessionDescription withMedia(List<MediaDescription> changed) {
    return new SessionDescription(origin, name, fields, attributes, changed);
  }

  /** With another section in the place of one. */
  public SessionDescription withMedia(int index, MediaDescription section) {
    List<MediaDescription> changed = new ArrayList<>(media);
    changed.set(index, section);
    return withMedia(changed);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionDescription that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The SDP with CRLF line ends; byte for byte what was parsed. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(1024);
    out.append("v=0\r\no=").append(origin).append("\r\ns=").append(name).append("\r\n");
    fields.forEach(field -> out.append(field).append("\r\n"));
    attributes.list().forEach(attribute -> out.append("a=").append(attribute).append("\r\n"));
    media.forEach(section -> section.appendTo(out));
    return out.toString();
  }
}
