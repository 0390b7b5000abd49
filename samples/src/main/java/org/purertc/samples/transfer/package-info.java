/**
 * A file over one data channel: both ends as state machines, and where the bytes come from and go.
 *
 * <p>Knows no user interface, no signalling and no server. The messages are described in {@code
 * docs/transfer.md}.
 */
@NullMarked
package org.purertc.samples.transfer;

import org.jspecify.annotations.NullMarked;
