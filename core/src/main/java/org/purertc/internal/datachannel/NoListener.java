package org.purertc.internal.datachannel;

/**
 * Of a channel that the user never sees: a stream that is reset because its opening was refused.
 */
final class NoListener implements ChannelListener {
  static final NoListener INSTANCE = new NoListener();

  private NoListener() {}

  @Override
  public void onId(int streamId) {}

  @Override
  public void onOpen() {}

  @Override
  public void onMessage(boolean isText, byte[] message) {}

  @Override
  public void onSent(int bytes, int messages) {}

  @Override
  public void onClosing() {}

  @Override
  public void onClosed(boolean orderly, String reason) {}
}
