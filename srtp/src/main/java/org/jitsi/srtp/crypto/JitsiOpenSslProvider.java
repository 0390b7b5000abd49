package org.jitsi.srtp.crypto;

import java.lang.ref.Cleaner;
import java.security.Provider;
import org.jspecify.annotations.NullUnmarked;

/**
 * Stands in for the class of this name in jitsi-srtp, whose static initialiser loads a native
 * library through JNA. This one loads nothing and says so; jitsi-srtp then uses the JDK's ciphers.
 */
@NullUnmarked
public final class JitsiOpenSslProvider extends Provider {
  private static final long serialVersionUID = 1L;

  /** Read by jitsi-srtp's OpenSSL ciphers, which nobody can make without this provider. */
  static final Cleaner CLEANER = null;

  /** Refuses: jitsi-srtp passes over a provider that cannot be made. */
  public JitsiOpenSslProvider() {
    super("JitsiOpenSslProvider", "0", "not available: PureRTC loads no native code");
    throw new IllegalStateException("PureRTC loads no native code");
  }

  /** Always false. */
  public static boolean isLoaded() {
    return false;
  }
}
