package org.purertc;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.purertc.dtls.DtlsTransports;
import org.purertc.ice.IceConfig;
import org.purertc.ice.IceServers;
import org.purertc.ice.IceTransports;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.NioNetwork;
import org.purertc.internal.jsep.BundlePolicy;
import org.purertc.internal.peer.LocalCertificate;
import org.purertc.internal.peer.LoopGroup;
import org.purertc.internal.peer.PeerEnvironment;
import org.purertc.internal.peer.PeerLoop;

/**
 * Makes peer connections that share event loops, a certificate and the threads of their handlers.
 * May be used from any thread.
 *
 * <p>Each peer lives on the loop that had the fewest when it was created. A loop's thread starts
 * with its first peer and ends some seconds after its last: an open peer keeps the JVM alive, a
 * forgotten factory does not.
 */
public final class PeerConnectionFactory implements AutoCloseable {

  /** How long {@link #close} waits for the loops, which need a turn each. */
  private static final long CLOSE_SECONDS = 5;

  private final SecureRandom random = new SecureRandom();
  private final LoopGroup loops;
  private final IceTransports ice;
  private final DtlsTransports dtls;
  private final LocalCertificate certificate;
  private final CallbackThreads callbackThreads = new CallbackThreads();
  private final ServerThreads serverThreads = new ServerThreads();
  private final IceServerOptions servers = new IceServerOptions(serverThreads);
  private final LeakedPeers leakedPeers = new LeakedPeers();
  private final Set<PeerCore> peers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private PeerConnectionFactory(Builder builder) {
    loops = new LoopGroup(builder.loops);
    ice = new IceTransports(new NioNetwork(), IceConfig.DEFAULT, builder.addresses, random);
    RTCCertificate own =
        builder.certificate == null ? RTCCertificate.generate() : builder.certificate;
    certificate = new LocalCertificate(own.fingerprint(), own.certificate().encoded());
    dtls = new DtlsTransports(own.certificate(), builder.keyLog);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The one behind {@link RTCPeerConnection#RTCPeerConnection()}, made when first needed. */
  static PeerConnectionFactory shared() {
    return Shared.FACTORY;
  }

  /**
   * Creates a peer connection.
   *
   * @throws RTCException {@code SyntaxError} for the URL of a server that cannot be read, {@code
   *     InvalidAccessError} for a TURN server without username or credential
   * @throws IllegalStateException after {@link #close}
   */
  public RTCPeerConnection createPeerConnection(RTCConfiguration configuration) {
    return new RTCPeerConnection(this, configuration);
  }

  /**
   * Closes all peers of this factory, as {@link RTCPeerConnection#close} does, and frees its
   * threads and sockets; handlers that wait still run. Waits for the event loops, unless it is
   * called on one of them. A second call does nothing.
   */
  @Override
  public void close() {
    closed = true;
    Set<PeerCore> open = Set.copyOf(peers);
    open.forEach(PeerCore::close);
    if (!loops.inLoop()) {
      open.forEach(PeerConnectionFactory::awaitRelease);
    }
    loops.close();
    dtls.close();
    callbackThreads.close();
    serverThreads.close();
  }

  PeerCore createCore(RTCConfiguration configuration) {
    leakedPeers.closeThem();
    if (closed) {
      throw new IllegalStateException("This PeerConnectionFactory is closed: build another one");
    }
    IceServers iceServers = servers.of(configuration);
    PeerLoop loop = loops.acquire();
    PeerCore core =
        new PeerCore(
            new PeerEnvironment(
                loop,
                ice,
                iceServers,
                dtls::create,
                certificate,
                BundlePolicy.valueOf(configuration.bundlePolicy().name()),
                random,
                Clock.systemUTC()),
            callbackExecutor(configuration),
            this::released);
    peers.add(core);
    if (closed) {
      core.close(); // close() may have missed it
    }
    return core;
  }

  void watch(RTCPeerConnection connection, PeerCore core) {
    leakedPeers.watch(connection, core);
  }

  private void released(PeerCore core) {
    peers.remove(core);
    leakedPeers.forget(core);
  }

  private @Nullable Executor callbackExecutor(RTCConfiguration configuration) {
    if (configuration.callbacksOnLoop()) {
      return null;
    }
    Executor own = configuration.callbackExecutor();
    return own == null ? callbackThreads : own;
  }

  private static void awaitRelease(PeerCore core) {
    try {
      core.closed().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("An event loop does not answer", e);
    }
  }

  /** Built when the first connection without a factory is. */
  private static final class Shared {
    static final PeerConnectionFactory FACTORY = builder().build();
  }

  /** Builds a {@link PeerConnectionFactory}. */
  public static final class Builder {
    private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private Addresses addresses = Addresses.EXCEPT_LOOPBACK;
    private @Nullable RTCCertificate certificate;
    private @Nullable Path keyLog;

    private Builder() {}

    /**
     * Number of event loops; default one per two cores, at least one.
     *
     * @throws IllegalArgumentException when it is below 1
     */
    public Builder loops(int n) {
      if (n < 1) {
        throw new IllegalArgumentException("loops(" + n + "): a factory needs at least one");
      }
      loops = n;
      return this;
    }

    /** Gathers 127.0.0.1 and ::1 only: no traffic leaves this machine. */
    public Builder loopbackOnly() {
      addresses = Addresses.ONLY_LOOPBACK;
      return this;
    }

    /** Gathers loopback addresses besides those of the interfaces. */
    public Builder includeLoopback() {
      addresses = Addresses.ALL;
      return this;
    }

    /** The identity of all peers of this factory; default a new one per factory. */
    public Builder certificate(RTCCertificate certificate) {
      this.certificate = certificate;
      return this;
    }

    /** Appends NSS key log lines for Wireshark: whoever has the file reads the traffic. */
    public Builder keyLog(Path file) {
      keyLog = file;
      return this;
    }

    /**
     * Makes the factory; its threads start with its first peer.
     *
     * @throws java.io.UncheckedIOException when the key log cannot be written
     */
    public PeerConnectionFactory build() {
      return new PeerConnectionFactory(this);
    }
  }
}
