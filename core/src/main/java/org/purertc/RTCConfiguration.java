package org.purertc;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** W3C WebRTC section 4.2.1, plus what Java needs. Immutable. */
public final class RTCConfiguration {

  public static final RTCConfiguration DEFAULT = builder().build();

  private final List<RTCIceServer> iceServers;
  private final @Nullable Executor callbackExecutor;
  private final boolean callbacksOnLoop;

  private RTCConfiguration(Builder builder) {
    iceServers = List.copyOf(builder.iceServers);
    callbackExecutor = builder.callbackExecutor;
    callbacksOnLoop = builder.callbacksOnLoop;
  }

  public static Builder builder() {
    return new Builder();
  }

  public List<RTCIceServer> iceServers() {
    return iceServers;
  }

  public @Nullable Executor callbackExecutor() {
    return callbackExecutor;
  }

  public boolean callbacksOnLoop() {
    return callbacksOnLoop;
  }

  /** Builds an {@link RTCConfiguration}. */
  public static final class Builder {
    private final java.util.ArrayList<RTCIceServer> iceServers = new java.util.ArrayList<>();
    private @Nullable Executor callbackExecutor;
    private boolean callbacksOnLoop;

    private Builder() {}

    public Builder iceServer(String url) {
      iceServers.add(new RTCIceServer(List.of(url), null, null));
      return this;
    }

    public Builder callbackExecutor(Executor executor) {
      callbackExecutor = executor;
      return this;
    }

    /** Runs handlers on the event loop itself: fastest, but a handler must never block. */
    public Builder callbacksOnLoop() {
      callbacksOnLoop = true;
      return this;
    }

    public RTCConfiguration build() {
      return new RTCConfiguration(this);
    }
  }
}
