/** One file on its way, as the page shows it. */
import { Speed } from './speed.js';
import * as format from './format.js';
import { setText } from './call-tiles.js';

export class TransferView {
  #element;
  #speed = new Speed();
  #totalBytes;
  #isOver = false;

  /** The user gave it up, or wants it out of sight when it is over. */
  oncancel = () => {};
  onremove = () => {};

  /**
   * @param {HTMLTemplateElement} template
   * @param {{ name: string, about: string, bytes: number }} file
   */
  constructor(template, { name, about, bytes }) {
    this.#element = template.content.firstElementChild.cloneNode(true);
    this.#totalBytes = bytes;
    this.#at('.transfer-name b').textContent = name;
    this.#at('.transfer-name span').textContent = `${format.size(bytes)}, ${about}`;
    this.#at('progress').setAttribute('aria-label', `How far ${name} is`);
    this.#label(name);
    this.#at('.cancel').onclick = () => this.oncancel();
  }

  get element() {
    return this.#element;
  }

  /** Waits for somebody. */
  wait(text) {
    if (!this.#isOver) this.#state('wait', text);
  }

  /** Resolves with whether the user wants the file. */
  ask(text) {
    this.wait(text);
    this.#at('.accept').hidden = false;
    setText(this.#at('.cancel'), 'Decline');
    return new Promise((resolve) => {
      const decided = (yes) => {
        this.#at('.accept').hidden = true;
        setText(this.#at('.cancel'), 'Cancel');
        this.wait('');
        resolve(yes);
      };
      this.#at('.accept').onclick = () => {
        decided(true);
        this.#at('.cancel').focus();
      };
      this.oncancel = () => decided(false);
    });
  }

  /** So many bytes are there. */
  progress(bytes) {
    if (this.#isOver) return;
    const nowMs = performance.now();
    if (this.#element.dataset.state !== 'moving') this.#speed.start(bytes, nowMs);
    this.#speed.add(bytes, nowMs);
    this.#at('progress').value = this.#totalBytes > 0 ? bytes / this.#totalBytes : 1;
    const perSecond = this.#speed.bytesPerSecond(nowMs);
    this.#state('moving', format.progress(bytes, this.#totalBytes, perSecond));
  }

  /** It is there, whole. */
  done(text, sha256) {
    this.#at('progress').value = 1;
    setText(this.#at('.transfer-hash'), `SHA-256 ${sha256}`);
    this.#over('good', text);
  }

  failed(text) {
    this.#over('bad', text);
  }

  /** Offers the bytes under a name. */
  offer(blob, name) {
    const url = URL.createObjectURL(blob);
    const save = this.#at('.save');
    save.href = url;
    save.download = name;
    save.hidden = false;
    const remove = this.onremove;
    this.onremove = () => {
      URL.revokeObjectURL(url);
      remove();
    };
  }

  #over(state, text) {
    this.#isOver = true;
    this.#state(state, text);
    this.#at('.accept').hidden = true;
    setText(this.#at('.cancel'), 'Remove from the list');
    this.oncancel = () => {
      this.#element.remove();
      this.onremove();
    };
  }

  #state(state, text) {
    this.#element.dataset.state = state;
    setText(this.#at('.transfer-state'), text);
  }

  #label(name) {
    for (const button of ['.accept', '.save', '.cancel']) {
      this.#at(button).setAttribute('aria-description', name);
    }
  }

  #at(selector) {
    return this.#element.querySelector(selector);
  }
}
