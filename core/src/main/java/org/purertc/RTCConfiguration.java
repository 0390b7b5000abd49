package org.purertc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
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
  private final RTCBundlePolicy bundlePolicy;
  private final @Nullable Executor callbackExecutor;
  private final boolean callbacksOnLoop;

  private RTCConfiguration(Builder builder) {
    iceServers = List.copyOf(builder.iceServers);
    bundlePolicy = builder.bundlePolicy;
    callbackExecutor = builder.callbackExecutor;
    callbacksOnLoop = builder.callbacksOnLoop;
  }

  /** A builder with the values of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** STUN and TURN servers; not used yet, only host candidates are gathered. */
  public List<RTCIceServer> iceServers() {
    return iceServers;
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
    private RTCBundlePolicy bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
    private @Nullable Executor callbackExecutor;
    private boolean callbacksOnLoop;

    private Builder() {}

    /** Adds a server without credentials; not used yet, only host candidates are gathered. */
    public Builder iceServer(String url) {
      iceServers.add(new RTCIceServer(List.of(url), null, null));
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
