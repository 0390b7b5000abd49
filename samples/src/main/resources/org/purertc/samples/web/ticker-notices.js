/** The feed of notifications, the newest first. */

/** Older ones are forgotten. */
const MOST = 50;

export class Notices {
  #list;
  #count;
  #total = 0;

  /** There is something, or nothing any more. */
  onchange = () => {};

  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} count says how many there were
   */
  constructor(list, count) {
    this.#list = list;
    this.#count = count;
  }

  add({ up, text, at }) {
    const item = document.createElement('p');
    const time = document.createElement('time');
    time.dateTime = isNaN(at) ? '' : at.toISOString();
    time.textContent = isNaN(at) ? '' : at.toLocaleTimeString();
    const words = document.createElement('span');
    words.className = up ? 'good' : 'bad';
    words.textContent = text;
    item.append(time, words);
    this.#list.prepend(item);
    if (this.#list.children.length > MOST) this.#list.lastElementChild.remove();
    this.#total++;
    this.#tell();
  }

  clear() {
    this.#list.replaceChildren();
    this.#total = 0;
    this.#tell();
  }

  #tell() {
    this.#count.textContent = this.#total > 0 ? `(${this.#total})` : '';
    this.onchange(this.#total > 0);
  }
}
