/** Own camera, microphone and screen. */
import { NO_DEVICES_HERE, chosenConstraints, explain, fillDevices } from './devices.js';

/** Text on a screen must stay readable; it may jump. */
const SCREEN = { video: { frameRate: { ideal: 15, max: 30 } }, audio: false };

export class LocalMedia {
  #camera;
  #microphone;
  #tracks = { audio: null, video: null, screen: null };
  #busy = new Set();
  #refused = false;

  /** The streams of the tracks: the others tell the screen from the face by them. */
  person = new MediaStream();
  desk = new MediaStream();

  /** What is sent or shown changed. */
  onchange = () => {};
  /** One line on what does not work; empty when something works again. */
  onproblem = () => {};

  /**
   * @param {HTMLSelectElement} camera
   * @param {HTMLSelectElement} microphone
   */
  constructor(camera, microphone) {
    this.#camera = camera;
    this.#microphone = microphone;
    camera.onchange = () => this.#tracks.video && this.#replace('video');
    microphone.onchange = () => this.#tracks.audio && this.#replace('audio');
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#listDevices());
  }

  get canCapture() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  get canShareScreen() {
    return Boolean(navigator.mediaDevices?.getDisplayMedia);
  }

  /** The tracks and their streams, as Pair.show() takes them. */
  get shown() {
    return { ...this.#tracks, person: this.person, desk: this.desk };
  }

  get microphoneOn() {
    return this.#tracks.audio?.enabled === true;
  }

  get cameraOn() {
    return this.#tracks.video !== null;
  }

  get screenOn() {
    return this.#tracks.screen !== null;
  }

  isBusy(kind) {
    return this.#busy.has(kind);
  }

  /** Asks for camera and microphone at once, so that the user is asked once. */
  async start() {
    if (!this.canCapture) {
      this.onproblem(NO_DEVICES_HERE);
      return;
    }
    await this.#listDevices();
    const wanted = [
      ...(this.#microphone.options.length > 0 ? ['audio'] : []),
      ...(this.#camera.options.length > 0 ? ['video'] : []),
    ];
    if (wanted.length === 0) {
      this.onproblem('The browser sees neither a camera nor a microphone.');
      return;
    }
    if (!(await this.#capture(wanted)) && wanted.length === 2) {
      // One of them may work alone. Who has refused is not asked again.
      if (this.#refused) return;
      for (const kind of wanted) await this.#capture([kind]);
    }
  }

  /** Silence is sent meanwhile, so that the sound is back at once. */
  async setMicrophone(on) {
    const { audio } = this.#tracks;
    if (audio) audio.enabled = on;
    else if (on) await this.#capture(['audio']);
    this.onchange();
  }

  /** The camera's light goes out, too. */
  async setCamera(on) {
    if (on === this.cameraOn) return;
    if (on) await this.#capture(['video']);
    else this.#end('video');
  }

  async setScreen(on) {
    if (on === this.screenOn) return;
    if (!on) {
      this.#end('screen');
      return;
    }
    await this.#while(['screen'], async () => {
      const stream = await navigator.mediaDevices.getDisplayMedia(SCREEN);
      this.#take('screen', stream.getVideoTracks()[0]);
    });
  }

  /** Takes another camera or microphone for the one that runs. */
  async #replace(kind) {
    const wasOn = kind === 'video' || this.microphoneOn;
    // Some systems open a second one only when the first is closed.
    this.#tracks[kind]?.stop();
    if (!(await this.#capture([kind]))) this.#end(kind);
    else if (kind === 'audio') await this.setMicrophone(wasOn);
  }

  async #capture(kinds) {
    if (!this.canCapture) {
      this.onproblem(NO_DEVICES_HERE);
      return false;
    }
    const constraints = chosenConstraints(this.#camera, this.#microphone);
    const wanted = Object.fromEntries(kinds.map((kind) => [kind, constraints[kind] || true]));
    return this.#while(kinds, async () => {
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      for (const track of stream.getTracks()) this.#take(track.kind, track);
      // Names of devices are known only from here on.
      await this.#listDevices();
    });
  }

  async #while(kinds, work) {
    if (kinds.some((kind) => this.#busy.has(kind))) return false;
    kinds.forEach((kind) => this.#busy.add(kind));
    this.onchange();
    try {
      await work();
      this.#refused = false;
      this.onproblem('');
      return true;
    } catch (error) {
      this.#refused = error.name === 'NotAllowedError';
      this.onproblem(kinds.includes('screen') ? explainScreen(error) : explain(error));
      return false;
    } finally {
      kinds.forEach((kind) => this.#busy.delete(kind));
      this.onchange();
    }
  }

  #take(kind, track) {
    this.#forget(kind);
    this.#tracks[kind] = track;
    this.#streamOf(kind).addTrack(track);
    track.onended = () => {
      this.#end(kind);
      if (kind !== 'screen') {
        this.onproblem(`The ${kind === 'video' ? 'camera' : 'microphone'} is gone.`);
      }
    };
    this.onchange();
  }

  #end(kind) {
    this.#forget(kind);
    this.onchange();
  }

  #forget(kind) {
    const track = this.#tracks[kind];
    if (!track) return;
    track.onended = null;
    track.stop();
    this.#streamOf(kind).removeTrack(track);
    this.#tracks[kind] = null;
  }

  #streamOf(kind) {
    return kind === 'screen' ? this.desk : this.person;
  }

  async #listDevices() {
    await fillDevices(this.#camera, this.#microphone, false);
    select(this.#camera, this.#tracks.video);
    select(this.#microphone, this.#tracks.audio);
    this.onchange();
  }
}

/** The list says what runs, also when the browser chose it. */
function select(list, track) {
  const id = track?.getSettings().deviceId;
  if ([...list.options].some(({ value }) => value === id)) list.value = id;
}

function explainScreen(error) {
  return error.name === 'NotAllowedError'
    ? 'The screen is not shared: nothing was chosen, or the browser may not see the screen.'
    : `The screen cannot be shared: ${error.message}`;
}
