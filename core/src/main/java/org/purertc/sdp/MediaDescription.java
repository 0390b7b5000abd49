package org.purertc.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media section, RFC 8866 section 5.14: the {@code m=} line and what belongs to it. Immutable.
 *
 * @param media {@code audio}, {@code video}, {@code application}, …
 * @param portCount of a line that says {@code port/count}, else 0
 * @param fields the {@code i= c= b= k=} lines
 */
public record MediaDescription(
    String media,
    int port,
    int portCount,
    String protocol,
    List<String> formats,
    List<SdpField> fields,
    Attributes attributes) {

  public MediaDescription {
    formats = List.copyOf(formats);
    fields = List.copyOf(fields);
    Syntax.checkToken(media, "media type");
    Syntax.require(port >= 0 && port <= 65_535, "port must be 0 to 65535");
    Syntax.require(portCount >= 0, "number of ports must not be negative");
    for (String part : protocol.split("/", -1)) {
      Syntax.checkToken(part, "protocol");
    }
    Syntax.require(!formats.isEmpty(), "m= needs a format");
    for (String format : formats) {
      Syntax.checkToken(format, "format");
    }
  }

  /** A section with one format, port 9 and no address yet. */
  public static MediaDescription of(String media, String protocol, String format) {
    List<SdpField> unknown = List.of(new SdpField('c', ConnectionData.UNKNOWN.toString()));
    return new MediaDescription(media, 9, 0, protocol, List.of(format), unknown, Attributes.NONE);
  }

  static MediaDescription of(String value) {
    List<String> parts = Syntax.fields(value);
    Syntax.require(parts.size() >= 4, "m= needs media, port, protocol and format");
    String port = parts.get(1);
    int slash = port.indexOf('/');
    return new MediaDescription(
        parts.get(0),
        canonical(slash < 0 ? port : port.substring(0, slash), 0, "port"),
        slash < 0 ? 0 : canonical(port.substring(slash + 1), 1, "number of ports"),
        parts.get(2),
        parts.subList(3, parts.size()),
        List.of(),
        Attributes.NONE);
  }

  private static int canonical(String digits, int lowest, String what) {
    if (digits.length() > 1 && digits.startsWith("0")) {
      throw new IllegalArgumentException(what + " begins with zero");
    }
    return (int) Syntax.number(digits, lowest, 65_535, what);
  }

  public @Nullable String mid() {
    return attributes.mid();
  }

  /** The first {@code c=} line of the section. */
  public @Nullable ConnectionData connection() {
    for (SdpField field : fields) {
      if (field.type() == 'c') {
        return ConnectionData.of(field.value());
      }
    }
    return null;
  }

  /**
   * What the {@code b=} lines allow, in bits per second; -1 when none says. TIAS (RFC 3890) goes
   * before AS (RFC 8866 section 5.8), which counts kilobits with the headers.
   */
  public long maxBitsPerSecond() {
    long tias = bandwidth("TIAS");
    if (tias >= 0) {
      return tias;
    }
    long kilobits = bandwidth("AS");
    return kilobits < 0 ? -1 : Math.min(kilobits, Long.MAX_VALUE / 1000) * 1000;
  }

  private long bandwidth(String type) {
    for (SdpField field : fields) {
      if (field.type() == 'b' && field.value().startsWith(type + ":")) {
        String digits = field.value().substring(type.length() + 1);
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
      }
    }
    return -1;
  }

  public MediaDescription withFormats(List<String> changed) {
    return new MediaDescription(media, port, portCount, protocol, changed, fields, attributes);
  }

  public MediaDescription withPort(int changed) {
    return new MediaDescription(media, changed, 0, protocol, formats, fields, attributes);
  }

  /** With one {@code c=} line instead of those there are. */
  public MediaDescription withConnection(ConnectionData connection) {
    List<SdpField> changed = new ArrayList<>();
    SdpField line = new SdpField('c', connection.toString());
    fields.stream().filter(field -> field.type() == 'i').forEach(changed::add);
    changed.add(line);
    fields.stream().filter(field -> "bk".indexOf(field.type()) >= 0).forEach(changed::add);
    return withFields(changed);
  }

  public MediaDescription withAttributes(Attributes changed) {
    return new MediaDescription(media, port, portCount, protocol, formats, fields, changed);
  }

  /** With one more attribute at the end. */
  public MediaDescription with(String name, @Nullable String value) {
    return withAttributes(attributes.with(new Attribute(name, value)));
  }

  /** With more attributes at the end. */
  public MediaDescription with(List<Attribute> more) {
    List<Attribute> changed = new ArrayList<>(attributes.list());
    changed.addAll(more);
    return withAttributes(new Attributes(changed));
  }

  MediaDescription withFields(List<SdpField> changed) {
    return new MediaDescription(media, port, portCount, protocol, formats, changed, attributes);
  }

  void appendTo(StringBuilder out) {
    out.append("m=").append(media).append(' ').append(port);
    if (portCount != 0) {
      out.append('/').append(portCount);
    }
    out.append(' ').append(protocol);
    formats.forEach(format -> out.append(' ').append(format));
    out.append("\r\n");
    fields.forEach(field -> out.append(field).append("\r\n"));
    attributes.list().forEach(attribute -> out.append("a=").append(attribute).append("\r\n"));
  }

  /** The section's lines with CRLF line ends. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }
}
