package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.transfer.Role;

class LinkProofTest {
  private static final LinkSecret SECRET = new LinkSecret("AQIDBAUGBwgJCgsMDQ4PEA");
  private static final String RECEIVERS = "a=fingerprint:sha-256 AA:01";
  private static final String SENDERS = "a=fingerprint:sha-256 BB:02";

  private static RTCSessionDescription offer(String... lines) {
    return new RTCSessionDescription(RTCSdpType.OFFER, "v=0\r\n" + String.join("\r\n", lines));
  }

  private static RTCSessionDescription answer(String... lines) {
    return new RTCSessionDescription(RTCSdpType.ANSWER, "v=0\r\n" + String.join("\r\n", lines));
  }

  private static LinkProof receiver(LinkSecret secret, String own, String other) {
    return LinkProof.of(secret, Role.RECEIVER, offer(own), answer(other));
  }

  private static LinkProof sender(LinkSecret secret, String own, String other) {
    return LinkProof.of(secret, Role.SENDER, answer(own), offer(other));
  }

  /** Computed by Python's hmac module over the text that docs/transfer.md gives. */
  @Test
  void isTheHmacThatTheDocumentSays() {
    assertThat(receiver(SECRET, RECEIVERS, SENDERS).proof(Role.RECEIVER))
        .isEqualTo("052f9392423f5d9304b73dc83d2e513a0685c32de5322cea61b6f3ebce31e301");
    assertThat(receiver(SECRET, RECEIVERS, SENDERS).proof(Role.SENDER))
        .isEqualTo("6eee818338fbb47cd82dbd02579c8115f5c1e6b2fd9531a0e4baa43279793fa6");
  }

  @Test
  void bothEndsAgree() {
    LinkProof receiver = receiver(SECRET, RECEIVERS, SENDERS);
    LinkProof sender = sender(SECRET, SENDERS, RECEIVERS);
    assertThat(sender.accepts(Role.RECEIVER, receiver.proof(Role.RECEIVER))).isTrue();
    assertThat(receiver.accepts(Role.SENDER, sender.proof(Role.SENDER))).isTrue();
  }

  @Test
  void aProofCannotBeSentBack() {
    LinkProof receiver = receiver(SECRET, RECEIVERS, SENDERS);
    assertThat(receiver.accepts(Role.SENDER, receiver.proof(Role.RECEIVER))).isFalse();
  }

  @Test
  void anotherSecretIsNotAccepted() {
    LinkSecret other = new LinkSecret("AQIDBAUGBwgJCgsMDQ4PEQ");
    LinkProof sender = sender(SECRET, SENDERS, RECEIVERS);
    String proof = receiver(other, RECEIVERS, SENDERS).proof(Role.RECEIVER);
    assertThat(sender.accepts(Role.RECEIVER, proof)).isFalse();
    assertThat(sender.accepts(Role.RECEIVER, "")).isFalse();
  }

  @Test
  void aSwappedFingerprintIsNoticed() {
    LinkProof sender = sender(SECRET, SENDERS, "a=fingerprint:sha-256 CC:03");
    String proof = receiver(SECRET, RECEIVERS, SENDERS).proof(Role.RECEIVER);
    assertThat(sender.accepts(Role.RECEIVER, proof)).isFalse();
  }

  @Test
  void anAddedFingerprintIsNoticed() {
    String added = RECEIVERS + "\r\na=fingerprint:sha-256 CC:03";
    LinkProof sender = sender(SECRET, SENDERS, added);
    String proof = receiver(SECRET, RECEIVERS, SENDERS).proof(Role.RECEIVER);
    assertThat(sender.accepts(Role.RECEIVER, proof)).isFalse();
  }

  @Test
  void caseOrderAndRepetitionDoNotMatter() {
    String twice =
        "a=fingerprint:sha-1 EE:05\r\n"
            + SENDERS
            + "\r\n"
            + SENDERS.toLowerCase(java.util.Locale.ROOT);
    String once = SENDERS + "\r\na=fingerprint:SHA-1 ee:05";
    String proof = receiver(SECRET, RECEIVERS, once).proof(Role.RECEIVER);
    assertThat(sender(SECRET, twice, RECEIVERS).accepts(Role.RECEIVER, proof)).isTrue();
  }
}
