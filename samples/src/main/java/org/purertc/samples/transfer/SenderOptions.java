package org.purertc.samples.transfer;

/**
 * What a sender may be told besides what to send.
 *
 * @param limit may be shared by several senders
 */
public record SenderOptions(
    TransferListener listener, Authenticator authenticator, Admission admission, RateLimit limit) {

  public static final SenderOptions DEFAULT =
      new SenderOptions(
          TransferListener.NONE, Authenticator.NONE, Admission.OPEN, RateLimit.unlimited());

  public SenderOptions withListener(TransferListener value) {
    return new SenderOptions(value, authenticator, admission, limit);
  }

  public SenderOptions withAuthenticator(Authenticator value) {
    return new SenderOptions(listener, value, admission, limit);
  }

  public SenderOptions withAdmission(Admission value) {
    return new SenderOptions(listener, authenticator, value, limit);
  }

  public SenderOptions withLimit(RateLimit value) {
    return new SenderOptions(listener, authenticator, admission, value);
  }
}
