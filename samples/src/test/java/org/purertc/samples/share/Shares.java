package org.purertc.samples.share;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.terminal.OutputOptions;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.transfer.RateLimit;
import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.TransferResult;
import org.purertc.samples.transfer.files.LocalTarget;
import org.purertc.samples.transfer.files.LocalTree;

/** Senders and receivers of one test, all in this JVM, over real sockets on 127.0.0.1. */
final class Shares implements AutoCloseable {
  static final LinkSecret SECRET = new LinkSecret("AQIDBAUGBwgJCgsMDQ4PEA");
  static final Room ROOM = new Room("abcdefgh");
  private static final long LIMIT_SECONDS = 60;

  private final PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
  private final Reporter silent = new OutputOptions().reporter(nowhere, nowhere, false);
  private final PeerConnectionFactory factory =
      PeerConnectionFactory.builder().loopbackOnly().build();

  RTCPeerConnection peer() {
    return factory.createPeerConnection(RTCConfiguration.DEFAULT);
  }

  ShareOffer offer(boolean many, Path... paths) {
    return offer(many, RateLimit.unlimited(), paths);
  }

  ShareOffer offer(boolean many, RateLimit limit, Path... paths) {
    return new ShareOffer(
        () -> LocalTree.of(List.of(paths), List.of()),
        new ShareOffer.Terms(SECRET, many, true, limit),
        silent);
  }

  ShareServer serve(ShareOffer offer) throws IOException {
    return ShareServer.start(InetAddress.getByName("127.0.0.1"), 0, ROOM, offer, this::peer);
  }

  static ShareLink link(int port) {
    return new ShareLink("http://127.0.0.1:" + port, ROOM, SECRET);
  }

  /** One that tries once. */
  Receiver receiver(ShareLink link, LocalTargets targets) {
    return new Receiver(
        rendezvous(link, this::peer), targets::next, Patience.of(Duration.ZERO), silent);
  }

  /** As {@code receive LINK} has it. */
  static Rendezvous rendezvous(ShareLink link, Supplier<RTCPeerConnection> peers) {
    Reporter nobody = new FirstProgress(() -> {});
    return (target, options) -> new Reception(link, peers.get(), target, options, nobody);
  }

  TransferResult receive(ShareLink link, Path directory, boolean force) throws IOException {
    return receiver(link, new LocalTargets(directory, force)).run(options());
  }

  /** With an id of its own, as each run of the command has. */
  static ReceiverOptions options() {
    return ReceiverOptions.DEFAULT.withReceiverId(LinkSecret.base64(new SecureRandom(), 9));
  }

  static TransferResult done(ShareOffer offer) throws Exception {
    return offer.done().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    factory.close();
  }

  /** A target for each connection. */
  record LocalTargets(Path directory, boolean force) {
    LocalTarget next() {
      return new LocalTarget(directory, force);
    }
  }
}
