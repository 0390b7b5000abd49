package org.purertc.internal.sctp;

import java.util.random.RandomGenerator;
import org.purertc.internal.util.SerialNumber;

/**
 * What our INIT or INIT ACK says of us.
 *
 * @param tag must stand in the verification tag of what we receive
 */
record LocalEndpoint(long tag, long initialTsn) {

  static LocalEndpoint random(RandomGenerator random) {
    long tag;
    do {
      tag = SerialNumber.wrap32(random.nextInt());
    } while (tag == 0); // RFC 9260 3.3.2: the tag is never 0
    return new LocalEndpoint(tag, SerialNumber.wrap32(random.nextInt()));
  }
}
