package org.purertc.samples.inspect;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.MediaStream;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.RTCTrackEvent;
import org.purertc.samples.web.ChannelEcho;
import org.purertc.samples.web.Visit;

/**
 * Sends tracks and messages back as they came. To a visitor that asks for this end's {@value #VIEW}
 * it tells each event, and each second its statistics, over the WebSocket.
 */
final class ObservedPeer implements AutoCloseable {
  private static final String VIEW = "view";

  private final RTCPeerConnection peer;
  private final PeerView view;
  private final @Nullable Future<?> reporting;

  ObservedPeer(Visit visit, ScheduledExecutorService reports) {
    boolean watched = visit.asksFor(VIEW);
    peer = visit.peer();
    view = new PeerView(peer, watched ? visit::tell : message -> {});
    peer.onTrack(this::echo);
    peer.onDataChannel(this::accept);
    reporting =
        watched ? reports.scheduleAtFixedRate(view::tellStatistics, 1, 1, TimeUnit.SECONDS) : null;
  }

  /** Of the connection as a whole, which the visit listens to. */
  void onState(RTCPeerConnectionState state) {
    view.tell("connection", state);
  }

  /** The transceiver that the visitor's offer made has no track yet: it takes this one. */
  private void echo(RTCTrackEvent event) {
    view.tell("track", event.track().kind());
    peer.addTrack(event.track(), event.streams().toArray(new MediaStream[0]));
  }

  private void accept(RTCDataChannel channel) {
    view.tell("channel", channel.label());
    ChannelEcho.on(channel);
  }

  @Override
  public void close() {
    if (reporting != null) {
      reporting.cancel(false);
    }
    peer.close();
  }
}
