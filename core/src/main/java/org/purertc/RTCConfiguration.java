package org.purertc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a peer connection is set up: W3C's dictionary, plus where Java runs the handlers. Immutable;
 * may be shared by connections.
 *
 * <p>Handlers of one connection run one after the other, in the order of the events. Without a
 * choice here they run on a virtual thread while there is work (JDK 21 and later), before that on a
 * pool of daemon threads of the factory, which has as many threads as connections run a handler at
 * the same moment.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcconfiguration-dictionary">WebRTC 4.2.1,
 *     RTCConfiguration</a>
 */
public final class RTCConfiguration {

  /** No servers, handlers on threads of the factory. */
  public static final RTCConfiguration DEFAULT = builder().build();

  private final List<RTCIceServer> iceServers;
  private final RTCIceTransportPolicy iceTransportPolicy;
  private final @Nullable SSLContext turnTls;
  private final RTCBundlePolicy bundlePolicy;
  private final @Nullable Executor callbackExecutor;
  private final boolean callbacksOnLoop;

  private RTCConfiguration(Builder builder) {
    iceServers = List.copyOf(builder.iceServers);
    iceTransportPolicy = builder.iceTransportPolicy;
    turnTls = builder.turnTls;
    bundlePolicy = builder.bundlePolicy;
    callbackExecutor = builder.callbackExecutor;
    callbacksOnLoop = builder.callbacksOnLoop;
  }

  /** A builder with the values of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** The STUN and TURN servers that help to candidates. */
  public List<RTCIceServer> iceServers() {
    return iceServers;
  }

  /** Which candidates are used; default {@link RTCIceTransportPolicy#ALL}. */
  public RTCIceTransportPolicy iceTransportPolicy() {
    return iceTransportPolicy;
  }

  /** Whom {@code turns:} servers are trusted by; null for what the Java runtime trusts. */
  public @Nullable SSLContext turnTls() {
    return turnTls;
  }

  /** Over how many transports our offers may go; default {@link RTCBundlePolicy#MAX_BUNDLE}. */
  public RTCBundlePolicy bundlePolicy() {
    return bundlePolicy;
  }

  /** Where handlers run; null for the factory's threads. */
  public @Nullable Executor callbackExecutor() {
    return callbackExecutor;
  }

  /** Whether handlers run on the event loop itself. */
  public boolean callbacksOnLoop() {
    return callbacksOnLoop;
  }

  /** Builds an {@link RTCConfiguration}. */
  public static final class Builder {
    private final List<RTCIceServer> iceServers = new ArrayList<>();
    private RTCIceTransportPolicy iceTransportPolicy = RTCIceTransportPolicy.ALL;
    private @Nullable SSLContext turnTls;
    private RTCBundlePolicy bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
    private @Nullable Executor callbackExecutor;
    private boolean callbacksOnLoop;

    private Builder() {}

    /** Adds a server without credentials: {@code stun:example.org}, {@code stun:[::1]:3478}. */
    public Builder iceServer(String url) {
      return iceServer(new RTCIceServer(List.of(url), null, null));
    }

    /**
     * Adds a server with credentials: {@code turn:example.org}, {@code
     * turn:example.org:3478?transport=tcp}, {@code turns:example.org:443}.
     */
    public Builder iceServer(String url, String username, String credential) {
      return iceServer(new RTCIceServer(List.of(url), username, credential));
    }

    /** Adds a server; it is checked when a connection is created. */
    public Builder iceServer(RTCIceServer server) {
      iceServers.add(server);
      return this;
    }

    /**
     * Whether only relayed candidates are used, so that the remote peer sees no address of ours.
     */
    public Builder iceTransportPolicy(RTCIceTransportPolicy policy) {
      iceTransportPolicy = policy;
      return this;
    }

    /**
     * Trust of one's own for {@code turns:} servers, for example in a private authority. The
     * certificate must be that of the name in the URL all the same.
     */
    public Builder turnTls(SSLContext context) {
      turnTls = context;
      return this;
    }

    /**
     * Over how many transports our offers may go, for remote peers that do not bundle. The default
     * is one for everything (W3C's is {@code balanced}): every browser bundles, and each further
     * transport has sockets of its own until the answer is there.
     */
    public Builder bundlePolicy(RTCBundlePolicy policy) {
      bundlePolicy = policy;
      return this;
    }

    /**
     * Runs handlers on this executor, which may be shared: those of one connection still run one
     * after the other.
     *
     * @param executor must run every task; a handler whose task is rejected does not run
     */
    public Builder callbackExecutor(Executor executor) {
      callbackExecutor = executor;
      return this;
    }

    /**
     * Runs handlers on the event loop itself: fastest, but a handler must never block, it would
     * stop all peers of the loop. Blocking calls of PureRTC there are IllegalStateExceptions.
     */
    public Builder callbacksOnLoop() {
      callbacksOnLoop = true;
      return this;
    }

    /** The configuration as it is now. */
    public RTCConfiguration build() {
      return new RTCConfiguration(this);
    }
  }
}
