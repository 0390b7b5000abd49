package org.purertc.ice.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.IceControlAttribute;
import org.ice4j.attribute.IceControllingAttribute;
import org.ice4j.attribute.OptionalAttribute;
import org.ice4j.attribute.PriorityAttribute;
import org.ice4j.attribute.UseCandidateAttribute;
import org.ice4j.attribute.UsernameAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.jspecify.annotations.Nullable;

/** Collects ice4j's attributes into a {@link StunMessage}. */
final class StunMessageReader {

  /** RFC 8489 section 14: types below it must be understood. */
  private static final char COMPREHENSION_OPTIONAL = 0x8000;

  /** draft-thatcher-ice-renomination section 4.1, with the number that libwebrtc gives it. */
  static final char NOMINATION = 0xC001;

  /** A 420 response lists no more than these, so that it stays shorter than the request. */
  private static final int MAX_UNKNOWN = 4;

  private @Nullable String username;
  private long priority = -1;
  private boolean useCandidate;
  private long nominationValue;
  private StunMessage.Control control = StunMessage.Control.NONE;
  private long tieBreaker;
  private @Nullable InetSocketAddress mappedAddress;
  private int errorCode;
  private char[] unknownRequired = {};

  void read(Attribute attribute, byte[] transactionId) {
    if (attribute instanceof UsernameAttribute name) {
      username = new String(name.getUsername(), UTF_8);
    } else if (attribute instanceof PriorityAttribute value) {
      priority = value.getPriority();
    } else if (attribute instanceof UseCandidateAttribute) {
      useCandidate = true;
    } else if (attribute instanceof IceControlAttribute claim) {
      control =
          claim instanceof IceControllingAttribute
              ? StunMessage.Control.CONTROLLING
              : StunMessage.Control.CONTROLLED;
      tieBreaker = claim.getTieBreaker();
    } else if (attribute instanceof XorMappedAddressAttribute mapped) {
      InetSocketAddress address = mapped.getAddress(transactionId);
      mappedAddress = new InetSocketAddress(address.getAddress(), address.getPort());
    } else if (attribute instanceof ErrorCodeAttribute error) {
      errorCode = error.getErrorCode();
    } else if (attribute instanceof OptionalAttribute optional
        && attribute.getAttributeType() == NOMINATION) {
      nominationValue = nomination(optional.getBody());
    } else if (attribute instanceof OptionalAttribute
        && attribute.getAttributeType() < COMPREHENSION_OPTIONAL
        && unknownRequired.length < MAX_UNKNOWN) {
      unknownRequired = Arrays.copyOf(unknownRequired, unknownRequired.length + 1);
      unknownRequired[unknownRequired.length - 1] = attribute.getAttributeType();
    }
  }

  private static long nomination(byte[] value) {
    return value.length == 4 ? StunWriter.getInt(value, 0) & 0xffff_ffffL : 0;
  }

  StunMessage message(StunMessage.Kind kind, StunFrame frame) {
    return new StunMessage(
        kind,
        frame.id(),
        frame,
        username,
        priority,
        useCandidate || nominationValue > 0,
        nominationValue,
        control,
        tieBreaker,
        mappedAddress,
        errorCode,
        unknownRequired);
  }
}
