package org.purertc.internal.sctp.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The parameters of an INIT or INIT ACK, in their order. Unknown ones are kept; after one whose
 * type says so (RFC 9260 section 3.2.1) nothing more is read.
 */
public record Parameters(List<Parameter> all) {
  public static final Parameters NONE = new Parameters(List.of());

  public Parameters {
    all = List.copyOf(all);
  }

  public static Parameters of(Parameter... parameters) {
    return new Parameters(List.of(parameters));
  }

  static Parameters parse(ByteReader in) throws MalformedPacketException {
    if (!in.hasRemaining()) {
      return NONE;
    }
    List<Parameter> parameters = new ArrayList<>();
    while (in.hasRemaining()) {
      Parameter parameter = Parameter.parse(in);
      parameters.add(parameter);
      if (!isKnown(parameter) && parameter.stopsChunk()) {
        break;
      }
    }
    return new Parameters(parameters);
  }

  private static boolean isKnown(Parameter parameter) {
    return switch (parameter.type()) {
      case Parameter.IPV4_ADDRESS,
          Parameter.IPV6_ADDRESS,
          Parameter.STATE_COOKIE,
          Parameter.UNRECOGNIZED_PARAMETER,
          Parameter.COOKIE_PRESERVATIVE,
          Parameter.HOST_NAME_ADDRESS,
          Parameter.SUPPORTED_ADDRESS_TYPES,
          Parameter.ZERO_CHECKSUM_ACCEPTABLE,
          Parameter.SUPPORTED_EXTENSIONS,
          Parameter.FORWARD_TSN_SUPPORTED ->
          true;
      default -> false;
    };
  }

  public @Nullable Parameter find(int type) {
    for (Parameter parameter : all) {
      if (parameter.type() == type) {
        return parameter;
      }
    }
    return null;
  }

  public byte @Nullable [] stateCookie() {
    Parameter cookie = find(Parameter.STATE_COOKIE);
    return cookie == null ? null : cookie.value();
  }

  public boolean supportsForwardTsn() {
    return find(Parameter.FORWARD_TSN_SUPPORTED) != null
        || supportsExtension(ChunkType.FORWARD_TSN);
  }

  /** Whether the sender lists this chunk type among its extensions, RFC 5061 section 4.2.7. */
  public boolean supportsExtension(int chunkType) {
    Parameter extensions = find(Parameter.SUPPORTED_EXTENSIONS);
    if (extensions != null) {
      for (byte type : extensions.value()) {
        if ((type & 0xff) == chunkType) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the sender takes packets with checksum 0 over DTLS, RFC 9653 section 4. */
  public boolean acceptsZeroChecksumOverDtls() {
    Parameter zero = find(Parameter.ZERO_CHECKSUM_ACCEPTABLE);
    if (zero == null || zero.value().length != 4) {
      return false;
    }
    byte[] method = zero.value();
    return (method[0] | method[1] | method[2]) == 0
        && method[3] == Parameter.ZERO_CHECKSUM_OVER_DTLS;
  }

  /** Those that the receiver has to report to the sender because it does not know them. */
  public List<Parameter> toReport() {
    return all.stream().filter(p -> !isKnown(p) && p.isReported()).toList();
  }

  /** Bytes of all, each but the last one padded. */
  int length() {
    int length = 0;
    for (int i = 0; i < all.size(); i++) {
      boolean isLast = i == all.size() - 1;
      length += isLast ? all.get(i).length() : all.get(i).paddedLength();
    }
    return length;
  }

  /** Writes all; the padding of the last one is the chunk's. */
  void writeTo(ByteWriter out) {
    for (int i = 0; i < all.size(); i++) {
      Parameter parameter = all.get(i);
      if (i < all.size() - 1) {
        parameter.writeTo(out);
      } else {
        out.u16(parameter.type()).u16(parameter.length()).bytes(parameter.value());
      }
    }
  }
}
