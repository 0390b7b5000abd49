/**
 * The receiving half of SCTP: which TSNs came, when to acknowledge, and messages out of chunks.
 *
 * <p>Knows chunks, never sockets, clocks, or the sending half.
 *
 * <p>How an association uses it: it makes one {@link org.purertc.internal.sctp.rx.DataTracker} from
 * the peer's initial TSN and one {@link org.purertc.internal.sctp.rx.ReassemblyQueue} on top of it.
 * Each DATA chunk of a packet goes to {@code queue.add(chunk)}, each FORWARD TSN to {@code
 * queue.handleForwardTsn(chunk)}, and the end of a packet that held any of them to {@code
 * tracker.onPacketEnd(nowNs)}; messages come out through the {@link
 * org.purertc.internal.sctp.rx.MessageSink} from inside these calls. What the user has taken is
 * given back by {@code queue.consumed(bytes)}. A DATA chunk whose stream does not exist is
 * acknowledged with {@code tracker.observe(tracker.unwrap(tsn))} alone and answered with an ERROR.
 * When a packet is produced and {@code tracker.isSackDue()}, or {@code tracker.isSackPending()} and
 * DATA is sent anyway, {@code tracker.buildSack(queue.windowBytes(), room)} comes first in the
 * packet. An outgoing SSN reset request of the peer goes to {@code queue.resetStreams(ids,
 * lastTsn)}: false means "In progress", and the sink is told when it is performed. After a restart
 * of the peer {@code queue.restart(initialTsn)} begins anew and keeps count of what the user still
 * holds.
 */
@NullMarked
package org.purertc.internal.sctp.rx;

import org.jspecify.annotations.NullMarked;
