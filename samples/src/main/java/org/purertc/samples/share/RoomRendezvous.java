package org.purertc.samples.share;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.purertc.PeerConnectionFactory;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.SerialEnd;
import org.purertc.samples.transfer.TransferReceiver;
import org.purertc.samples.transfer.TransferTarget;

/** Finds the sender in a room: enters it anew for each connection. */
final class RoomRendezvous implements Rendezvous {
  private final MeetingRoom room;
  private final PeerConnectionFactory factory;
  private final Reporter reporter;
  private final @Nullable Duration limit;
  private volatile boolean found;

  /**
   * @param limit how long to wait for a sender; null for as long as the user does, and for as long
   *     as for any lost one when there was one already
   */
  RoomRendezvous(
      MeetingRoom room,
      PeerConnectionFactory factory,
      Reporter reporter,
      @Nullable Duration limit) {
    this.room = room;
    this.factory = factory;
    this.reporter = reporter;
    this.limit = limit;
  }

  @Override
  public Attempt attempt(TransferTarget target, ReceiverOptions options) {
    Duration patience = limit == null && found ? Patience.AFTER_CONTACT : limit;
    return new RoomReception(
        room,
        factory,
        reporter,
        patience,
        channel -> {
          found = true;
          return new SerialEnd(new TransferReceiver(channel, target, options));
        });
  }
}
