package org.purertc.ice;

import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.StunCodec;

/** What all generations of an agent share: role, codec, and what waits for the owner. */
final class IceSession {

  /** RFC 8445 section 5.3 asks for 24 bits; 48 keep fragments on a shared port apart. */
  private static final int UFRAG_CHARACTERS = 8;

  /** RFC 8445 section 5.3: at least 128 bits; here 144. */
  private static final int PASSWORD_CHARACTERS = 24;

  /** RFC 8839 section 5.4: ice-char. */
  private static final String ICE_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  final RandomGenerator random;
  final StunCodec codec;
  final Outbox outbox = new Outbox();
  private final ArrayDeque<IceEvent> events = new ArrayDeque<>(2);
  private IceRole role;
  private long tieBreaker;
  private long lastNomination;

  IceSession(IceRole role, StunCodec codec, RandomGenerator random) {
    this.codec = codec;
    this.role = role;
    this.random = random;
    tieBreaker = random.nextLong();
  }

  IceCredentials newCredentials() {
    return new IceCredentials(token(UFRAG_CHARACTERS), token(PASSWORD_CHARACTERS));
  }

  private String token(int characters) {
    char[] token = new char[characters];
    for (int i = 0; i < characters; i++) {
      token[i] = ICE_CHARACTERS.charAt(random.nextInt(ICE_CHARACTERS.length()));
    }
    return new String(token);
  }

  IceRole role() {
    return role;
  }

  boolean isControlling() {
    return role == IceRole.CONTROLLING;
  }

  void setRole(IceRole role) {
    this.role = role;
  }

  /** A role conflict turned us round. */
  void switchRole() {
    role = isControlling() ? IceRole.CONTROLLED : IceRole.CONTROLLING;
    events.add(new IceEvent.RoleChanged(role));
  }

  long tieBreaker() {
    return tieBreaker;
  }

  /** RFC 8445 section 7.2.5.1: after a 487 the next check carries a new tie-breaker. */
  void renewTieBreaker() {
    tieBreaker = random.nextLong();
  }

  /** A number for the next nomination, higher than those before. */
  long nextNomination() {
    return ++lastNomination;
  }

  void report(IceEvent event) {
    events.add(event);
  }

  @Nullable IceEvent pollEvent() {
    return events.poll();
  }

  void clear() {
    events.clear();
    outbox.clear();
  }
}
