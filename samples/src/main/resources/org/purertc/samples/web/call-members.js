/** Who is in the room, and who is meant by "To". */

/** @typedef {{ id: string, name: string, role: string, status: string, presence: string }} Line */

export class Members {
  #list;
  #count;
  #target;
  #shown = '';

  /** The user, who is host, sends a member out. */
  onremove = () => {};

  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} count
   * @param {HTMLSelectElement} target offers all of them, and each one alone
   */
  constructor(list, count, target) {
    this.#list = list;
    this.#count = count;
    this.#target = target;
  }

  /** Shows oneself and the others; `presence` is empty when there is nothing to say. */
  show(/** @type {Line} */ own, /** @type {Line[]} */ others) {
    const lines = [line(own, ' (you)'), ...others.map((it) => line(it, ''))];
    others.forEach((it, i) => lines[i + 1].append(inspection(it)));
    if (own.role === 'host') others.forEach((it, i) => lines[i + 1].append(this.#removal(it)));
    // What is the same stays, so that nothing is read out or selected anew.
    const html = lines.map(({ outerHTML }) => outerHTML).join('\n');
    if (html !== this.#shown) this.#list.replaceChildren(...lines);
    this.#shown = html;
    this.#count.textContent = `(${lines.length})`;
    this.#fillTarget(others);
  }

  #removal({ id, name }) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet small';
    button.textContent = 'Send out';
    button.setAttribute('aria-label', `Send ${name} out`);
    button.onclick = () => this.onremove(id);
    return button;
  }

  #fillTarget(others) {
    const wanted = [['', 'everybody'], ...others.map(({ id, name }) => [id, name])];
    const there = [...this.#target.options].map(({ value, text }) => [value, text]);
    if (JSON.stringify(wanted) === JSON.stringify(there)) return;
    const before = this.#target.value;
    this.#target.replaceChildren(...wanted.map(([id, name]) => new Option(name, id)));
    this.#target.value = wanted.some(([id]) => id === before) ? before : '';
  }
}

/** Opens the inspector beside the call, which has the connection. */
function inspection({ id, name }) {
  const link = document.createElement('a');
  link.className = 'button quiet small';
  link.dataset.testid = 'inspect';
  link.href = `/inspect#member=${id}`;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = 'Inspect';
  link.setAttribute('aria-label', `Inspect the connection with ${name}`);
  return link;
}

function line({ name, role, status, presence }, suffix) {
  const item = document.createElement('li');
  const who = document.createElement('b');
  who.textContent = name + suffix;
  const about = document.createElement('span');
  about.className = 'soft';
  about.textContent = [role === 'member' ? '' : role, status].filter(Boolean).map((it) => `, ${it}`).join('');
  const away = document.createElement('span');
  away.className = 'away';
  away.textContent = presence === '' ? '' : ` (${presence})`;
  const text = document.createElement('span');
  text.append(who, about, away);
  item.append(text);
  return item;
}
