/**
 * Perfect negotiation (WebRTC 10.7, docs/negotiation.md): either side may offer at any time, and
 * when two offers meet, the polite side takes its own back.
 */
export class PerfectNegotiation {
  #connection;
  #polite;
  #signaling;
  #makingOffer = false;
  #ignoreOffer = false;
  #isSettingRemoteAnswerPending = false;
  #waits = false;
  #wantsToOffer = false;

  /**
   * @param {RTCPeerConnection} connection
   * @param {boolean} polite whether this side gives way; the other side must not
   * @param {{send: (message: object) => void, failed: (reason: Error) => void}} signaling the way
   *     to the other side, which keeps the order; `failed` is never called for a mere collision
   * @param {number} patienceMs how long the other side may take to make the first offer: one side
   *     that waits keeps the first two from meeting, which Chromium takes badly
   *     (docs/negotiation.md)
   */
  constructor(connection, polite, signaling, patienceMs) {
    this.#connection = connection;
    this.#polite = polite;
    this.#signaling = signaling;
    connection.onnegotiationneeded = () => this.#offer();
    connection.onicecandidate = ({ candidate }) => candidate && this.#sendCandidate(candidate);
    if (patienceMs > 0) {
      this.#waits = true;
      setTimeout(() => this.#waitNoLonger(), patienceMs);
    }
  }

  /** Takes a description or a candidate of the other side. */
  async receive(message) {
    try {
      if (message.type === 'description') await this.#receiveDescription(message);
      else if (message.type === 'candidate') await this.#receiveCandidate(message);
    } catch (error) {
      this.#report(error);
    }
  }

  #waitNoLonger() {
    if (!this.#waits) return;
    this.#waits = false;
    if (this.#wantsToOffer && this.#connection.signalingState !== 'closed') this.#offer();
  }

  async #offer() {
    // Once the other side's offer is answered, the browser asks again if there is more to say.
    this.#wantsToOffer = true;
    if (this.#waits) return;
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#sendDescription();
    } catch (error) {
      this.#report(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #receiveDescription({ sdpType: type, sdp }) {
    const connection = this.#connection;
    this.#waits = false;
    // While an answer is being applied, the state is stable before an offer's turn comes.
    const isReady =
      !this.#makingOffer &&
      (connection.signalingState === 'stable' || this.#isSettingRemoteAnswerPending);
    const collides = type === 'offer' && !isReady;
    this.#ignoreOffer = !this.#polite && collides;
    if (this.#ignoreOffer) return;
    this.#isSettingRemoteAnswerPending = type === 'answer';
    try {
      await connection.setRemoteDescription({ type, sdp }); // rolls our own offer back if it must
    } finally {
      this.#isSettingRemoteAnswerPending = false;
    }
    if (type === 'offer') {
      await connection.setLocalDescription();
      this.#sendDescription();
    }
  }

  async #receiveCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }) {
    try {
      await this.#connection.addIceCandidate({
        candidate,
        sdpMid,
        sdpMLineIndex,
        usernameFragment,
      });
    } catch (error) {
      // Else it belongs to the offer that was ignored.
      if (!this.#ignoreOffer) throw error;
    }
  }

  #sendDescription() {
    const { type, sdp } = this.#connection.localDescription;
    this.#signaling.send({ type: 'description', sdpType: type, sdp });
  }

  #sendCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }) {
    this.#signaling.send({
      type: 'candidate',
      candidate,
      sdpMid,
      sdpMLineIndex,
      usernameFragment,
    });
  }

  #report(error) {
    // What was under way when the connection was closed is of no interest any more.
    if (this.#connection.signalingState !== 'closed') this.#signaling.failed(error);
  }
}
