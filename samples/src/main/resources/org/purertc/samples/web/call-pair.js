/** The connection to one other member of the call. */
import { PerfectNegotiation } from './perfect-negotiation.js';
import { Record } from './inspect-record.js';
import { PROTOCOL } from './inbox.js';

/** Of a channel over which the other side tells its own view (docs/pages.md). */
const VIEW_PROTOCOL = 'purertc-view';

/** Of a channel that nothing is sent on; far from the numbers that channels for files get. */
const UNUSED_CHANNEL = 100;

/** Who comes makes the first offer; who was there does if nothing comes. */
const FIRST_OFFER_MS = 2000;

const MAX_REASON_CHARS = 200;

/** For all members together, of each picture. */
const VIDEO_BITS_PER_SECOND = 3_000_000;

/**
 * What this side shows of itself, the same to everybody.
 *
 * @typedef {object} Shown
 * @property {MediaStreamTrack | null} audio
 * @property {MediaStreamTrack | null} video
 * @property {MediaStreamTrack | null} screen
 * @property {MediaStream} person the stream of `audio` and `video`
 * @property {MediaStream} desk the stream of `screen`
 */

export class Pair {
  #connection;
  #negotiation;
  #record;
  #view = null;
  #transceivers = { audio: null, video: null, screen: null };
  /** The id of the other side's stream with its screen; undefined when it does not tell. */
  #remoteScreen;
  #localScreen = null;
  #waiting = [];
  #limit = { maxBitrate: VIDEO_BITS_PER_SECOND, scaleResolutionDownBy: 1 };

  /** What the other side shows: its face and voice, and its screen. */
  person = new MediaStream();
  desk = new MediaStream();

  /** How often the path was sought anew since it last worked. */
  restarts = 0;
  /** One line for the user, or null. */
  problem = null;

  /** Something of the above or the state changed. */
  onchange = () => {};
  /** The other side opened a channel for a file. */
  onfile = () => {};

  /**
   * @param {object} options
   * @param {boolean} options.polite whether this side gives way when two offers meet
   * @param {RTCIceServer[]} options.iceServers
   * @param {(message: object) => void} options.send carries a message to the other side, in order
   */
  constructor({ polite, iceServers, send }) {
    const connection = new RTCPeerConnection({ iceServers });
    this.#connection = connection;
    this.#record = new Record(connection, 'member');
    const signaling = {
      send: (message) => {
        this.#record.heard('sent', message);
        send(this.#withScreen(message));
      },
      failed: (error) => this.#fail(`The browser refused a step: ${error.message}`),
    };
    const patienceMs = polite ? 0 : FIRST_OFFER_MS;
    this.#negotiation = new PerfectNegotiation(connection, polite, signaling, patienceMs);
    connection.ontrack = (event) => this.#arrived(event);
    connection.onsignalingstatechange = () => this.#negotiated();
    connection.onconnectionstatechange = () => this.#stateChanged();
    connection.ondatachannel = ({ channel }) => {
      if (channel.protocol === PROTOCOL) this.onfile(channel);
      else channel.close();
    };
    // Two members without camera and microphone get a connection, too, and with it a way for files.
    connection.createDataChannel('', { negotiated: true, id: UNUSED_CHANNEL });
  }

  /** W3C's connection state. */
  get state() {
    return this.#connection.connectionState;
  }

  /** Sends what is there now, and no longer what is not. */
  show(/** @type {Shown} */ { audio, video, screen, person, desk }) {
    this.#localScreen = screen ? desk.id : null;
    if (!audio && video && !this.#transceivers.audio && !this.#connection.localDescription) {
      // Chromium cannot take back a first offer with video alone (docs/negotiation.md).
      this.#connection.addTransceiver('audio', { direction: 'inactive' });
    }
    this.#send('audio', audio, person);
    this.#send('video', video, person);
    this.#send('screen', screen, desk);
  }

  /** Makes do with a share of what goes out: so many members get the same picture. */
  limitTo(members) {
    this.#limit = {
      maxBitrate: Math.round(VIDEO_BITS_PER_SECOND / members),
      scaleResolutionDownBy: members > 1 ? 2 : 1,
    };
    this.#applyLimit();
  }

  #applyLimit() {
    const { video, screen } = this.#transceivers;
    for (const [transceiver, limit] of [
      [video, this.#limit],
      [screen, { maxBitrate: this.#limit.maxBitrate }],
    ]) {
      const parameters = transceiver?.sender.getParameters();
      if (!parameters?.encodings?.length) continue;
      Object.assign(parameters.encodings[0], limit);
      // Refused while a negotiation is under way; it comes again after that.
      transceiver.sender.setParameters(parameters).catch(() => {});
    }
  }

  #send(place, track, stream) {
    const transceiver = this.#transceivers[place];
    if (!transceiver && track) {
      const sender = this.#connection.addTrack(track, stream);
      this.#transceivers[place] = this.#connection
        .getTransceivers()
        .find((it) => it.sender === sender);
    } else if (transceiver && transceiver.sender.track !== track) {
      transceiver.sender.replaceTrack(track).catch((error) => this.#fail(error.message));
      const receives = /recv/.test(transceiver.direction);
      if (track) transceiver.direction = receives ? 'sendrecv' : 'sendonly';
      else transceiver.direction = receives ? 'recvonly' : 'inactive';
    }
  }

  /** Takes what `send` of the other side was given; anything else does no harm. */
  receive(message) {
    if (message?.type === 'error') {
      this.#fail(`The other side says: ${String(message.reason).slice(0, MAX_REASON_CHARS)}`);
    }
    if (message?.type !== 'description' && message?.type !== 'candidate') return;
    this.#record.heard('received', message);
    if (message.type === 'description') this.#remoteScreen = message.screen;
    this.#negotiation.receive(message);
  }

  /** A new channel for one file to the other side, as soon as there is a connection. */
  async openFileChannel() {
    while (this.state !== 'connected') {
      await new Promise((resolve) => this.#waiting.push(resolve));
    }
    return this.#connection.createDataChannel('file', { protocol: PROTOCOL });
  }

  /** What both ends have seen up to now; who looks again sees what the other side told since. */
  async look() {
    if (this.state === 'connected') this.#askForView();
    await this.#record.sample();
    const { timeline, descriptions, latest, sampledMs } = this.#record;
    return { timeline, descriptions, latest, sampledMs };
  }

  /** A side that does not tell closes the channel. */
  #askForView() {
    this.#view ??= this.#openView();
    if (this.#view.readyState === 'open') this.#view.send('look');
  }

  #openView() {
    const channel = this.#connection.createDataChannel('view', { protocol: VIEW_PROTOCOL });
    channel.onmessage = ({ data }) => {
      try {
        this.#record.heard('received', JSON.parse(data));
      } catch {
        channel.close();
      }
    };
    return channel;
  }

  close() {
    this.onchange = () => {};
    this.#connection.close();
  }

  /** A description tells which of the streams is the screen. */
  #withScreen(message) {
    return message.type === 'description' ? { ...message, screen: this.#localScreen } : message;
  }

  #arrived({ track, streams, transceiver }) {
    const home = this.#isScreen(streams, transceiver) ? this.desk : this.person;
    const other = home === this.desk ? this.person : this.desk;
    other.removeTrack(track);
    home.addTrack(track);
    this.onchange();
  }

  /** What was negotiated away is gone. Chromium's `muted` does not tell: it stays after a rollback. */
  #negotiated() {
    if (this.#connection.signalingState !== 'stable') return;
    this.#applyLimit();
    for (const { receiver, currentDirection } of this.#connection.getTransceivers()) {
      if (/recv/.test(currentDirection ?? '')) continue;
      this.person.removeTrack(receiver.track);
      this.desk.removeTrack(receiver.track);
    }
    this.onchange();
  }

  #isScreen(streams, transceiver) {
    // Who does not tell gives back what it gets, each track where it came.
    if (this.#remoteScreen === undefined) return transceiver === this.#transceivers.screen;
    return streams.some(({ id }) => id === this.#remoteScreen);
  }

  #stateChanged() {
    const { state } = this;
    if (state === 'connected') {
      this.#waiting.splice(0).forEach((resolve) => resolve());
      this.restarts = 0;
      this.problem = null;
    } else if (state === 'failed') {
      this.restarts++;
      this.#connection.restartIce();
    }
    this.onchange();
  }

  #fail(problem) {
    this.problem = problem;
    this.onchange();
  }
}

/** Whether a stream has a picture to show now. */
export function hasPicture(stream) {
  return stream.getVideoTracks().some(({ readyState }) => readyState === 'live');
}
