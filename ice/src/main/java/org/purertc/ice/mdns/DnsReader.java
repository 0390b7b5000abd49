package org.purertc.ice.mdns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.mdns.DnsMessage.Address;
import org.purertc.ice.mdns.DnsMessage.Question;

/** Reads one message, RFC 1035 section 4 and RFC 6762 section 18. */
final class DnsReader {

  /** A message that ends too early or points where it must not; caught by who began to read it. */
  static final class BrokenMessageException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenMessageException(String what) {
      super(what, null, false, false);
    }
  }

  private static final int RESPONSE_BIT = 0x8000;

  /** RFC 6762 sections 18.3 and 18.11: other operations and errors are ignored. */
  private static final int OPCODE_AND_ERROR = 0x780f;

  /** RFC 1035 section 2.3.4. */
  private static final int MAX_NAME_BYTES = 255;

  private static final int POINTER = 0xc0;
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private final byte[] buffer;
  private final int start;
  private final int end;
  private int at;

  private DnsReader(byte[] buffer, int offset, int length) {
    this.buffer = buffer;
    start = offset;
    end = offset + length;
    at = offset;
  }

  static @Nullable DnsMessage read(byte[] buffer, int offset, int length)
      throws BrokenMessageException {
    DnsReader in = new DnsReader(buffer, offset, length);
    int id = in.u16();
    int flags = in.u16();
    int questionCount = in.u16();
    int recordCount = in.u16() + in.u16() + in.u16();
    if ((flags & OPCODE_AND_ERROR) != 0) {
      return null;
    }
    List<Question> questions = new ArrayList<>(0);
    for (int i = 0; i < questionCount; i++) {
      in.question(questions);
    }
    List<Address> addresses = new ArrayList<>(1);
    for (int i = 0; i < recordCount; i++) {
      in.record(addresses);
    }
    return new DnsMessage(id, (flags & RESPONSE_BIT) != 0, questions, addresses);
  }

  private void question(List<Question> questions) throws BrokenMessageException {
    LocalName name = name();
    int type = u16();
    int classOfName = u16();
    int plainClass = classOfName & ~DnsMessage.CLASS_TOP_BIT;
    boolean internet = plainClass == DnsMessage.CLASS_IN || plainClass == DnsMessage.TYPE_ANY;
    if (name != null && internet) {
      questions.add(new Question(name, type, classOfName != plainClass));
    }
  }

  private void record(List<Address> addresses) throws BrokenMessageException {
    LocalName name = name();
    int type = u16();
    int classOfName = u16() & ~DnsMessage.CLASS_TOP_BIT;
    long ttlSeconds = (long) u16() << 16 | u16();
    byte[] data = bytes(u16());
    boolean isAddress =
        type == DnsMessage.TYPE_A && data.length == IPV4_BYTES
            || type == DnsMessage.TYPE_AAAA && data.length == IPV6_BYTES;
    if (name != null && classOfName == DnsMessage.CLASS_IN && isAddress) {
      addresses.add(new Address(name, address(data), ttlSeconds));
    }
  }

  private static InetAddress address(byte[] data) {
    try {
      return InetAddress.getByAddress(data);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** Reads a name; null for one that is not of our form. */
  private @Nullable LocalName name() throws BrokenMessageException {
    StringBuilder text = new StringBuilder();
    int after = -1;
    // RFC 1035 section 4.1.4: a pointer goes to an earlier place. Each one earlier than the last
    // cannot go round for ever.
    int earliest = at;
    for (int length = u8(); length != 0; length = u8()) {
      if ((length & POINTER) == POINTER) {
        int target = start + ((length & ~POINTER) << 8 | u8());
        after = after < 0 ? at : after;
        if (target >= earliest) {
          throw new BrokenMessageException("a pointer that does not go back");
        }
        earliest = target;
        at = target;
      } else if ((length & POINTER) != 0) {
        throw new BrokenMessageException("a label of an unknown kind");
      } else {
        text.append(text.isEmpty() ? "" : ".");
        text.append(new String(bytes(length), StandardCharsets.ISO_8859_1));
      }
      if (text.length() > MAX_NAME_BYTES) {
        throw new BrokenMessageException("a name that is too long");
      }
    }
    at = after < 0 ? at : after;
    return LocalName.parse(text.toString());
  }

  private int u8() throws BrokenMessageException {
    if (at >= end) {
      throw new BrokenMessageException("the end comes too early");
    }
    return buffer[at++] & 0xff;
  }

  private int u16() throws BrokenMessageException {
    return u8() << 8 | u8();
  }

  private byte[] bytes(int length) throws BrokenMessageException {
    if (length > end - at) {
      throw new BrokenMessageException("the end comes too early");
    }
    at += length;
    return Arrays.copyOfRange(buffer, at - length, at);
  }
}
