/** Tests of DTLS transports over memory, and against real OpenSSL and tshark. */
@NullMarked
package org.purertc.dtls;

import org.jspecify.annotations.NullMarked;
