package org.purertc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** W3C WebRTC section 4.2.4. */
public record RTCIceServer(
    List<String> urls, @Nullable String username, @Nullable String credential) {}
