package org.purertc.samples.demo;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.transfer.DiscardingTarget;
import org.purertc.samples.transfer.FileChannels;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.SeededFile;
import org.purertc.samples.transfer.SenderOptions;
import org.purertc.samples.transfer.SerialEnd;
import org.purertc.samples.transfer.TransferReceiver;
import org.purertc.samples.transfer.TransferSender;
import org.purertc.samples.web.Assets;
import org.purertc.samples.web.ChannelEcho;
import org.purertc.samples.web.PageServer;
import org.purertc.samples.web.PeerSockets;
import org.purertc.samples.web.Visit;
import org.purertc.samples.web.VisitListener;

/** The page, and a Java peer for each visitor. */
final class DemoServer implements AutoCloseable {
  private static final int MAX_VISITORS = 64;
  private static final long DEFAULT_FETCH_BYTES = 16L << 20;
  private static final long MAX_FILE_BYTES = 4L << 30;

  /** Any number does; a fixed one gives the same file each time. */
  private static final long SEED = 2026;

  private final PageServer server;

  private DemoServer(PageServer server) {
    this.server = server;
  }

  static DemoServer start(InetAddress host, int port, Supplier<RTCPeerConnection> peers)
      throws IOException {
    PeerSockets sockets = new PeerSockets(peers, new Host(), MAX_VISITORS);
    return new DemoServer(PageServer.start(host, port, routes -> route(routes, sockets)));
  }

  private static void route(RoutesConfig routes, PeerSockets sockets) {
    routes.get("/", ctx -> Assets.send(ctx, "demo.html"));
    routes.wsBeforeUpgrade("/ws", sockets::checkOrigin);
    routes.ws("/ws", sockets::configure);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Takes what the page opens. */
  private static final class Host implements VisitListener {

    @Override
    public void onVisit(Visit visit) {
      visit.peer().onDataChannel(channel -> accept(visit.peer(), channel));
    }

    @Override
    public void onLeft(Visit visit) {
      visit.peer().close();
    }

    private static void accept(RTCPeerConnection peer, RTCDataChannel channel) {
      if (channel.protocol().equals(FileChannels.PROTOCOL)) {
        FileChannels.serve(
            peer,
            channel,
            (link, hello) ->
                new SerialEnd(
                    new TransferSender(link, file(hello.wishBytes()), SenderOptions.DEFAULT)),
            (link, hello) ->
                new SerialEnd(
                    new TransferReceiver(
                        link, new DiscardingTarget(MAX_FILE_BYTES), ReceiverOptions.DEFAULT)));
      } else {
        ChannelEcho.on(channel);
      }
    }

    private static SeededFile file(long wishBytes) {
      long bytes = wishBytes == 0 ? DEFAULT_FETCH_BYTES : Math.min(wishBytes, MAX_FILE_BYTES);
      return new SeededFile("purertc-" + (bytes >> 20) + "-MiB.bin", bytes, SEED);
    }
  }
}
