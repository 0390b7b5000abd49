package org.purertc.ice.mdns;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Writes the messages of one name; a name is written once and pointed to afterwards. */
final class DnsWriter {

  /** RFC 6762 section 10: 120 s for records that hold a host's name, since addresses may change. */
  static final int TTL_SECONDS = 120;

  /** RFC 6762 section 6.7: who does not know of multicast DNS hears nothing of later changes. */
  private static final int LEGACY_TTL_SECONDS = 10;

  /** A response, and the authority on its name; RFC 6762 sections 18.2 and 18.4. */
  private static final int RESPONSE_FLAGS = 0x8400;

  private static final int HEADER_BYTES = 12;
  private static final int POINTER = 0xc000;

  /** RFC 6762 section 6.1: the bit maps of a host that has an address of this type alone. */
  private static final byte[] ONLY_A = {0, 1, 0x40};

  private static final byte[] ONLY_AAAA = {0, 4, 0, 0, 0, 8};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  private DnsWriter() {}

  /**
   * Asks for one record by multicast. It is one to a message: Chromium reads no second question,
   * and Firefox no question beside a record.
   */
  static byte[] query(LocalName name, int type) {
    DnsWriter writer = new DnsWriter();
    writer.header(0, 0, 1, 0, 0);
    writer.name(name);
    // Without the bit that asks for unicast, although the draft would have it: the port is shared
    // with others of this host, and a unicast answer comes to one of them, RFC 6762 section 15.1.
    writer.u16(type);
    writer.u16(DnsMessage.CLASS_IN);
    return writer.out.toByteArray();
  }

  /** Says what the address is, and that there is none of the other family. */
  static byte[] answer(LocalName name, InetAddress address) {
    DnsWriter writer = new DnsWriter();
    writer.header(0, RESPONSE_FLAGS, 0, 1, 1);
    writer.name(name);
    writer.address(address, DnsMessage.CLASS_IN | DnsMessage.CLASS_TOP_BIT, TTL_SECONDS);
    writer.noOther(address);
    return writer.out.toByteArray();
  }

  /** Says that the name is no more, RFC 6762 section 10.1. */
  static byte[] goodbye(LocalName name, InetAddress address) {
    DnsWriter writer = new DnsWriter();
    writer.header(0, RESPONSE_FLAGS, 0, 1, 0);
    writer.name(name);
    writer.address(address, DnsMessage.CLASS_IN | DnsMessage.CLASS_TOP_BIT, 0);
    return writer.out.toByteArray();
  }

  /**
   * Answers a querier that does not speak multicast DNS, RFC 6762 section 6.7: with its number and
   * its question; an empty answer when the address is of the other family.
   */
  static byte[] legacyAnswer(int id, DnsMessage.Question question, InetAddress address) {
    DnsWriter writer = new DnsWriter();
    boolean matches = question.type() == type(address) || question.type() == DnsMessage.TYPE_ANY;
    writer.header(id, RESPONSE_FLAGS, 1, matches ? 1 : 0, 0);
    writer.name(question.name());
    writer.u16(question.type());
    writer.u16(DnsMessage.CLASS_IN);
    if (matches) {
      writer.u16(POINTER | HEADER_BYTES);
      writer.address(address, DnsMessage.CLASS_IN, LEGACY_TTL_SECONDS);
    }
    return writer.out.toByteArray();
  }

  static int type(InetAddress address) {
    return address instanceof Inet4Address ? DnsMessage.TYPE_A : DnsMessage.TYPE_AAAA;
  }

  private void header(int id, int flags, int questions, int answers, int additional) {
    u16(id);
    u16(flags);
    u16(questions);
    u16(answers);
    u16(0); // no authority
    u16(additional);
  }

  private void name(LocalName name) {
    for (String label : name.text().split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.write(0);
  }

  private void address(InetAddress address, int classOfName, int ttlSeconds) {
    u16(type(address));
    u16(classOfName);
    u16(ttlSeconds >>> 16);
    u16(ttlSeconds);
    u16(address.getAddress().length);
    out.writeBytes(address.getAddress());
  }

  private void noOther(InetAddress address) {
    byte[] bitMap = address instanceof Inet4Address ? ONLY_A : ONLY_AAAA;
    u16(POINTER | HEADER_BYTES);
    u16(DnsMessage.TYPE_NSEC);
    u16(DnsMessage.CLASS_IN | DnsMessage.CLASS_TOP_BIT);
    u16(0);
    u16(TTL_SECONDS);
    u16(2 + bitMap.length);
    u16(POINTER | HEADER_BYTES);
    out.writeBytes(bitMap);
  }

  private void u16(int value) {
    out.write(value >>> 8);
    out.write(value);
  }
}
