/** A peer connection to the Java process behind a WebSocket, and why there is none. */

const CONNECT_LIMIT_MS = 20_000;

const ICE_FAILED =
  'ICE failed: this browser and the other side found no pair of addresses that works. A VPN, a firewall, or a browser extension that blocks WebRTC is the usual cause.';
const DTLS_FAILED =
  'DTLS failed: the addresses work, but the encrypted connection could not be made. Connect again; if it happens each time, the other side says more.';

const LOST = 'The connection is lost: the other side does not answer any more.';

export class JavaPeer {
  #socket;
  #received = Promise.resolve();
  #early = [];
  #timer;
  #ended = false;
  #needsSocket = true;
  #wasConnected = false;

  /** Whether the server took the WebSocket. */
  reached = false;

  /** Called with W3C's connection state. */
  onstate = () => {};
  /** Called once with one line that says why there is no connection (any more). */
  onfail = () => {};
  /** Called when the WebSocket is open, before the offer. */
  onopen = () => {};
  /** Called with `sent` or `received` and each message of the WebSocket. */
  onmessage = () => {};

  constructor() {
    this.connection = new RTCPeerConnection();
  }

  /** Connects by the WebSocket at `path`. The data channels and tracks exist already. */
  open(path) {
    const pc = this.connection;
    this.#socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
    this.#timer = setTimeout(() => this.#fail(this.#timeoutReason()), CONNECT_LIMIT_MS);
    pc.onicecandidate = ({ candidate }) => candidate && this.#sendCandidate(candidate);
    pc.onconnectionstatechange = () => this.#stateChanged();
    pc.oniceconnectionstatechange = () => this.#stateChanged();
    this.#socket.onopen = () => {
      this.reached = true;
      this.onopen();
      this.#offer();
    };
    this.#socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    this.#socket.onclose = () => this.#failWhenGone();
  }

  /** Says something to the server that is no signalling. */
  tell(message) {
    this.#send(message);
  }

  /** The connection is enough from now on: the WebSocket may go. */
  releaseSocket() {
    this.#needsSocket = false;
  }

  /** Ends the connection without a word to the user. */
  close() {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.connection.close();
  }

  #send(message) {
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
      this.onmessage('sent', message);
    }
  }

  #sendCandidate({ candidate, sdpMid, sdpMLineIndex }) {
    this.#send({ type: 'candidate', candidate, sdpMid, sdpMLineIndex });
  }

  async #offer() {
    const pc = this.connection;
    try {
      await pc.setLocalDescription();
      const { type, sdp } = pc.localDescription;
      this.#send({ type: 'description', sdpType: type, sdp });
    } catch (error) {
      this.#fail(`This browser could not make an offer: ${error.message}`);
    }
  }

  #receive(message) {
    this.onmessage('received', message);
    if (message.type === 'error') {
      this.#fail(message.reason);
      return;
    }
    // One after the other: a candidate must not overtake its description.
    this.#received = this.#received
      .then(() => this.#apply(message))
      .catch((error) => this.#fail(`The answer of the other side was refused: ${error.message}`));
  }

  async #apply({ type, sdpType, sdp, candidate, sdpMid, sdpMLineIndex }) {
    const pc = this.connection;
    if (pc.signalingState === 'closed') return;
    if (type === 'description') {
      await pc.setRemoteDescription({ type: sdpType, sdp });
      for (const early of this.#early.splice(0)) await pc.addIceCandidate(early);
    } else if (type === 'candidate') {
      const it = { candidate, sdpMid, sdpMLineIndex };
      if (pc.remoteDescription) await pc.addIceCandidate(it);
      else this.#early.push(it);
    }
  }

  #stateChanged() {
    const { connectionState, iceConnectionState } = this.connection;
    if (this.#ended) return;
    this.onstate(connectionState);
    if (connectionState === 'connected') {
      this.#wasConnected = true;
      clearTimeout(this.#timer);
    } else if (connectionState === 'failed' && this.#wasConnected) {
      this.#fail(LOST);
    } else if (iceConnectionState === 'failed') {
      this.#fail(ICE_FAILED);
    } else if (connectionState === 'failed') {
      this.#fail(DTLS_FAILED);
    } else if (this.#socket.readyState === WebSocket.CLOSED) {
      this.#failWhenGone();
    }
  }

  /** No signalling and no answer to checks: waiting longer helps nobody. */
  #failWhenGone() {
    if (this.#needsSocket || this.connection.connectionState === 'disconnected') {
      this.#fail(this.#goneReason());
    }
  }

  #timeoutReason() {
    const { iceConnectionState } = this.connection;
    if (this.#socket.readyState === WebSocket.CONNECTING) {
      return 'Timeout: the server accepts no WebSocket. A proxy between may not let it through.';
    }
    const step = ['connected', 'completed'].includes(iceConnectionState)
      ? 'the DTLS handshake does not end'
      : 'no address answers (ICE). Look for a firewall that blocks UDP between the two machines';
    return `Timeout: no connection after ${CONNECT_LIMIT_MS / 1000} s, ${step}.`;
  }

  #goneReason() {
    return `The server is gone: ${location.host} does not answer. Is the command still running?`;
  }

  #fail(reason) {
    if (this.#ended) return;
    this.close();
    this.onfail(reason);
  }
}

/** The selected candidate pair: { local, remote, roundTripMs }, or null. */
export async function selectedPair(connection) {
  const stats = await connection.getStats();
  let pair = null;
  stats.forEach((it) => {
    if (it.type === 'transport' && it.selectedCandidatePairId) {
      pair = stats.get(it.selectedCandidatePairId) ?? pair;
    }
  });
  if (!pair) {
    // Firefox names no pair in its transport.
    stats.forEach((it) => {
      const works = it.type === 'candidate-pair' && it.nominated && it.state === 'succeeded';
      if (works && (it.selected || !pair)) pair = it;
    });
  }
  if (!pair) return null;
  const seconds = pair.currentRoundTripTime;
  return {
    local: stats.get(pair.localCandidateId),
    remote: stats.get(pair.remoteCandidateId),
    roundTripMs: typeof seconds === 'number' ? seconds * 1000 : null,
  };
}

/** A candidate of the statistics in one line. */
export function describe(candidate) {
  if (!candidate) return 'unknown';
  const address = candidate.address || candidate.ip || 'address hidden by the browser';
  const host = address.includes(':') ? `[${address}]` : address;
  return `${host}:${candidate.port} ${candidate.protocol} ${candidate.candidateType}`;
}
