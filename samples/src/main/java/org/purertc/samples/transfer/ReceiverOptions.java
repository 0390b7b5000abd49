package org.purertc.samples.transfer;

/**
 * What a receiver may be told besides where to put things.
 *
 * @param receiverId the random id of this run of the command; "" for none
 * @param limitBytesPerSecond what it asks the sender to keep to; 0 for no limit
 */
public record ReceiverOptions(
    TransferListener listener,
    Authenticator authenticator,
    Approval approval,
    String receiverId,
    long limitBytesPerSecond) {

  public static final ReceiverOptions DEFAULT =
      new ReceiverOptions(TransferListener.NONE, Authenticator.NONE, Approval.YES, "", 0);

  public ReceiverOptions withListener(TransferListener value) {
    return new ReceiverOptions(value, authenticator, approval, receiverId, limitBytesPerSecond);
  }

  public ReceiverOptions withAuthenticator(Authenticator value) {
    return new ReceiverOptions(listener, value, approval, receiverId, limitBytesPerSecond);
  }

  public ReceiverOptions withApproval(Approval value) {
    return new ReceiverOptions(listener, authenticator, value, receiverId, limitBytesPerSecond);
  }

  public ReceiverOptions withReceiverId(String value) {
    return new ReceiverOptions(listener, authenticator, approval, value, limitBytesPerSecond);
  }

  public ReceiverOptions withLimit(long bytesPerSecond) {
    return new ReceiverOptions(listener, authenticator, approval, receiverId, bytesPerSecond);
  }
}
