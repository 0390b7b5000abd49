package org.purertc.ice;

import java.security.Key;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.StunCodec;

/** The credentials of both sides between two ICE restarts, with their keys, RFC 8445 section 7. */
final class ShortTermCredentials {

  /** RFC 8839 section 5.4: the sizes of both. */
  private static final int MIN_UFRAG_CHARACTERS = 4;

  private static final int MIN_PASSWORD_CHARACTERS = 22;
  private static final int MAX_CHARACTERS = 256;

  final IceCredentials local;
  final Key localKey;
  private @Nullable IceCredentials remote;
  private @Nullable Key remoteKey;

  ShortTermCredentials(IceCredentials local) {
    this.local = local;
    localKey = StunCodec.key(local.password());
  }

  static void require(IceCredentials credentials) {
    int ufrag = credentials.ufrag().length();
    int password = credentials.password().length();
    if (ufrag < MIN_UFRAG_CHARACTERS
        || ufrag > MAX_CHARACTERS
        || password < MIN_PASSWORD_CHARACTERS
        || password > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a ufrag of " + ufrag + " or a password of " + password + " characters: RFC 8839 5.4");
    }
  }

  void setRemote(IceCredentials credentials) {
    remote = credentials;
    remoteKey = StunCodec.key(credentials.password());
  }

  @Nullable IceCredentials remote() {
    return remote;
  }

  @Nullable Key remoteKey() {
    return remoteKey;
  }

  /** RFC 8445 section 7.3: whether the user name of a request begins with our ufrag and a colon. */
  boolean isAsked(String username) {
    String ufrag = local.ufrag();
    return username.startsWith(ufrag)
        && username.length() > ufrag.length()
        && username.charAt(ufrag.length()) == ':';
  }

  /** Whether what stands after the colon may be the ufrag of our remote side. */
  boolean mayBeFrom(String username) {
    IceCredentials known = remote;
    return known == null || username.endsWith(":" + known.ufrag());
  }
}
