package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server as {@code RTCConfiguration.iceServers} has it; STUN servers have no credential. */
public record IceServer(
    @JsonProperty(required = true) List<String> urls,
    @Nullable String username,
    @Nullable String credential) {}
