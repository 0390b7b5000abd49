package org.purertc.internal.jsep;

/** Further transports have a number behind the ufrag of the first, restarted ones an r. */
public record NumberedTransports(LocalTransport first) implements RestartableTransports {
  @Override
  public LocalTransport transport(int index) {
    return index == 0 ? first : named(first.iceUfrag() + index);
  }

  @Override
  public LocalTransport restarted(int index) {
    return named(first.iceUfrag() + index + "r");
  }

  private LocalTransport named(String ufrag) {
    return new LocalTransport(ufrag, first.icePwd(), first.fingerprint());
  }
}
