package org.purertc.ice.mdns;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message of multicast DNS says of our kind of names; everything else in it is passed over.
 *
 * @param id answered to queriers that do not speak multicast DNS, else of no meaning
 * @param addresses from all sections
 */
record DnsMessage(int id, boolean isResponse, List<Question> questions, List<Address> addresses) {

  /** RFC 1035 section 3.2.2, RFC 3596 section 2.1, RFC 4034 section 4. */
  static final int TYPE_A = 1;

  static final int TYPE_AAAA = 28;
  static final int TYPE_NSEC = 47;
  static final int TYPE_ANY = 255;

  /** RFC 1035 section 3.2.4. */
  static final int CLASS_IN = 1;

  /**
   * The highest bit of a class: in a question it asks for an answer by unicast, in a record it says
   * that there are no others (RFC 6762 sections 5.4 and 10.2).
   */
  static final int CLASS_TOP_BIT = 0x8000;

  /** RFC 6762 section 17. */
  static final int MAX_BYTES = 9_000;

  /**
   * @param type the record that is asked for
   * @param unicast whether the querier takes an answer by unicast
   */
  record Question(LocalName name, int type, boolean unicast) {}

  /**
   * @param ttlSeconds how long it may be believed; 0 says that it is no more
   */
  record Address(LocalName name, InetAddress address, long ttlSeconds) {}

  DnsMessage {
    questions = List.copyOf(questions);
    addresses = List.copyOf(addresses);
  }

  /** Null for what is no message of multicast DNS. */
  static @Nullable DnsMessage parse(byte[] buffer, int offset, int length) {
    try {
      return length > MAX_BYTES ? null : DnsReader.read(buffer, offset, length);
    } catch (DnsReader.BrokenMessageException e) {
      return null;
    }
  }
}
