package org.purertc.ice;

/** Who opens the connection, RFC 6544 section 4.5; {@code toString} is the word of the RFC. */
public enum TcpType {
  /** Only opens connections; its port is a placeholder, {@link #ACTIVE_PORT}. */
  ACTIVE("active"),
  /** Only takes connections. */
  PASSIVE("passive"),
  /** Both at the same time; remote sides may offer it, we do not. */
  SIMULTANEOUS_OPEN("so");

  /** RFC 6544 section 4.5: the port of an active candidate, which has none yet. */
  public static final int ACTIVE_PORT = 9;

  private final String word;

  TcpType(String word) {
    this.word = word;
  }

  /** The kind of candidate at the other end of a connection, RFC 6544 section 6.2. */
  TcpType opposite() {
    return switch (this) {
      case ACTIVE -> PASSIVE;
      case PASSIVE -> ACTIVE;
      case SIMULTANEOUS_OPEN -> SIMULTANEOUS_OPEN;
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
