/** What happens on one connection, as both its ends tell it: what the inspector shows. */

const MOST_ENTRIES = 1000;
const MOST_CHARS = 1000;

export class Record {
  #connection;
  #other;
  #startMs = performance.now();

  /** `{ ms, who, what }`, the oldest first. */
  timeline = [];
  /** The last ones, whoever made them. */
  descriptions = { offer: '', answer: '' };
  /** The objects of `getStats()` of either end. */
  latest = { here: [], java: [] };

  /** When that was, in the timeline's time. */
  sampledMs = 0;

  /** One more entry of the timeline. */
  onentry = () => {};

  /**
   * @param {RTCPeerConnection} connection its handlers stay free
   * @param {string} other the word for the other end in the timeline
   */
  constructor(connection, other) {
    this.#connection = connection;
    this.#other = other;
    const on = (event, text) =>
      connection.addEventListener(event, (it) => this.tell('browser', text(it)));
    on('connectionstatechange', () => `connection is ${connection.connectionState}`);
    on('signalingstatechange', () => `signalling is ${connection.signalingState}`);
    on('icegatheringstatechange', () => `gathering is ${connection.iceGatheringState}`);
    on('iceconnectionstatechange', () => `ICE is ${connection.iceConnectionState}`);
    on('icecandidateerror', ({ url, errorCode, errorText }) =>
      `${url} gave no candidate: ${errorText} (${errorCode})`);
    on('track', ({ track }) => `${track.kind} comes in`);
    connection.addEventListener('signalingstatechange', () => this.#watchDtls());
  }

  /** The transports exist once the descriptions are exchanged. */
  #watchDtls() {
    const { sctp, signalingState } = this.#connection;
    if (signalingState !== 'stable' || !sctp || sctp.onstatechange) return;
    this.tell('browser', `SCTP is ${sctp.state}, DTLS is ${sctp.transport.state}`);
    sctp.onstatechange = () => this.tell('browser', `SCTP is ${sctp.state}`);
    sctp.transport.onstatechange = () => this.tell('browser', `DTLS is ${sctp.transport.state}`);
  }

  tell(who, what) {
    if (this.timeline.length >= MOST_ENTRIES) return;
    this.timeline.push({ ms: this.#passedMs(), who, what: String(what).slice(0, MOST_CHARS) });
    this.onentry();
  }

  /**
   * A message of signalling, or of the other end's view (docs/pages.md); anything else does no harm.
   *
   * @param {string} direction `sent` or `received`
   */
  heard(direction, message) {
    const who = direction === 'sent' ? `browser → ${this.#other}` : `${this.#other} → browser`;
    switch (message?.type) {
      case 'statistics':
        if (!Array.isArray(message.statistics)) break;
        this.latest.java = message.statistics.filter((it) => it && typeof it === 'object');
        break;
      case 'event':
        this.tell('java', `${message.event} is ${message.value}`);
        break;
      case 'description':
        if (!Object.hasOwn(this.descriptions, message.sdpType)) break;
        this.descriptions[message.sdpType] = String(message.sdp);
        this.tell(who, `${message.sdpType}, ${String(message.sdp).length} bytes`);
        break;
      case 'candidate':
      case 'error':
        this.tell(who, message.candidate || (message.reason ?? 'end of candidates'));
    }
  }

  /** Asks the browser for its statistics. */
  async sample() {
    this.latest.here = [...(await this.#connection.getStats()).values()];
    this.sampledMs = this.#passedMs();
  }

  #passedMs() {
    return Math.round(performance.now() - this.#startMs);
  }
}
