package org.purertc.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an SDP line by line in the order that RFC 8866 section 5 demands. */
final class SdpParser {
  /** Far above any real description, so that hostile ones cost little. */
  static final int MAX_CHARS = 1 << 20;

  static final int MAX_LINES = 50_000;
  static final int MAX_SECTIONS = 2_000;

  /** RFC 8866 section 5; t=, r= and z= may alternate and so share a place. */
  private static final String SESSION_ORDER = "vosiuepcbtka";

  private static final String MEDIA_ORDER = "micbka";

  /** Lines that may occur once at the session level. */
  private static final String ONCE_IN_SESSION = "vosiucka";

  private static final String ONCE_IN_SECTION = "mik";

  private final String text;
  private int position;
  private int line;
  private String content = "";
  private String previousTypes = "";

  private @Nullable Origin origin;
  private @Nullable String name;
  private boolean hasTime;
  private @Nullable MediaDescription section;
  private List<SdpField> fields = new ArrayList<>();
  private List<Attribute> attributes = new ArrayList<>();
  private Set<String> singles = new HashSet<>();
  private List<SdpField> sessionFields = List.of();
  private Attributes sessionAttributes = Attributes.NONE;
  private final List<MediaDescription> media = new ArrayList<>();
  private final Set<String> mids = new HashSet<>();

  SdpParser(String text) {
    this.text = text;
  }

  SessionDescription parse() throws SdpException {
    if (text.length() > MAX_CHARS) {
      throw new SdpException(1, text, "longer than " + MAX_CHARS + " characters");
    }
    try {
      while (position < text.length()) {
        nextLine();
        readLine();
      }
      endOfSection();
      return finish();
    } catch (IllegalArgumentException e) {
      throw new SdpException(line, content, String.valueOf(e.getMessage()));
    }
  }

  private SessionDescription finish() {
    if (origin == null || name == null) {
      throw new IllegalArgumentException("ends before v=, o= and s= are complete");
    }
    Syntax.require(hasTime, "ends without t=");
    return new SessionDescription(origin, name, sessionFields, sessionAttributes, media);
  }

  private void nextLine() {
    int end = text.indexOf('\n', position);
    int stop = end < 0 ? text.length() : end;
    boolean carriageReturn = stop > position && text.charAt(stop - 1) == '\r';
    content = text.substring(position, carriageReturn ? stop - 1 : stop);
    position = stop + 1;
    line++;
    Syntax.require(line <= MAX_LINES, "more than " + MAX_LINES + " lines");
    Syntax.require(
        content.length() >= 2 && content.charAt(1) == '=', "a line is a letter, = and a value");
    Syntax.checkText(content);
  }

  private void readLine() {
    char type = content.charAt(0);
    if (type == 'm' && name != null) {
      endOfSection();
      startSection();
      return;
    }
    checkOrder(type);
    String value = content.substring(2);
    switch (type) {
      case 'v' -> Syntax.require(value.equals("0"), "the version of SDP is 0");
      case 'o' -> origin = Origin.of(value);
      case 's' -> name = value;
      case 'a' -> readAttribute(Attribute.of(value));
      default -> {
        hasTime |= type == 't';
        fields.add(new SdpField(type, value));
      }
    }
  }

  private void checkOrder(char type) {
    String order = section == null ? SESSION_ORDER : MEDIA_ORDER;
    int place = order.indexOf(type == 'r' || type == 'z' ? 't' : type);
    if (place < 0) {
      throw new IllegalArgumentException("unknown line type " + type + "=");
    }
    char last = previousTypes.isEmpty() ? 0 : previousTypes.charAt(previousTypes.length() - 1);
    int lastPlace = last == 0 ? -1 : order.indexOf(last);
    if (place < lastPlace) {
      throw new IllegalArgumentException(type + "= comes too late, behind " + last + "=");
    }
    boolean first = place > lastPlace;
    boolean once = (section == null ? ONCE_IN_SESSION : ONCE_IN_SECTION).indexOf(type) >= 0;
    if (!first && once && type != 'a') {
      throw new IllegalArgumentException("a second " + type + "= line");
    }
    if (section == null && place > 2) {
      Syntax.require(previousTypes.startsWith("vos"), "v=, o= and s= come first");
    }
    if (first) {
      previousTypes += order.charAt(place);
    }
  }

  private void readAttribute(Attribute attribute) {
    String attributeName = attribute.name();
    if (AttributeGrammar.SINGLE.contains(attributeName)) {
      if (!singles.add(attributeName)) {
        throw new IllegalArgumentException("a second a=" + attributeName);
      }
    }
    if (section != null && attributeName.equals("mid")) {
      Syntax.require(mids.add(attribute.toString()), "another section has this mid");
    }
    attributes.add(attribute);
  }

  private void startSection() {
    Syntax.require(hasTime, "m= before t=");
    Syntax.require(media.size() < MAX_SECTIONS, "more than " + MAX_SECTIONS + " media sections");
    section = MediaDescription.of(content.substring(2));
    previousTypes = "m";
  }

  private void endOfSection() {
    Attributes read = new Attributes(attributes);
    if (section == null) {
      sessionFields = fields;
      sessionAttributes = read;
    } else {
      media.add(section.withFields(fields).withAttributes(read));
    }
    fields = new ArrayList<>();
    attributes = new ArrayList<>();
    singles = new HashSet<>();
  }
}
