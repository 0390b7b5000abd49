/** The chat of the room, with what came before. */

const MAX_LINES = 300;

/** A line of chat, as docs/signaling.md has it: { number, from, name, text, atMs }. */

export class Chat {
  #log;
  #lastNumber = 0;

  /**
   * @param {HTMLElement} log
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} input
   */
  constructor(log, form, input) {
    this.#log = log;
    /** Called with what the user wrote. */
    this.onsend = () => {};
    form.onsubmit = (event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (text === '') return;
      this.onsend(text);
      input.value = '';
    };
  }

  /** Begins anew, with the lines of the room's history. */
  start(history, ownId) {
    this.#log.replaceChildren();
    this.#lastNumber = 0;
    history.forEach((line) => this.add(line, ownId));
  }

  add({ number, from, name, text, atMs }, ownId) {
    if (number <= this.#lastNumber) return;
    this.#lastNumber = number;
    const who = document.createElement('b');
    who.textContent = `${name}: `;
    const when = document.createElement('time');
    const date = new Date(atMs);
    when.dateTime = date.toISOString();
    when.textContent = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const item = document.createElement('p');
    item.dataset.from = from === ownId ? 'me' : 'other';
    item.append(who, text, ' ', when);
    this.#append(item);
  }

  /** A line of the page itself, such as who came. */
  note(text) {
    const item = document.createElement('p');
    item.className = 'note';
    item.textContent = text;
    this.#append(item);
  }

  #append(item) {
    const log = this.#log;
    // Who reads further up stays there.
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    log.append(item);
    while (log.children.length > MAX_LINES) log.firstChild.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }
}
