/** Whether a download tries once more, and when. Times come in with the calls, in milliseconds. */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 8000;

/** Of a transfer that was under way: a machine sleeps, a network changes. */
const AFTER_CONTACT_MS = 120_000;

/** Of a sender that serves somebody: perhaps this browser's own last visit. */
const WHILE_BUSY_MS = 8000;

export class Patience {
  #contact = false;
  #sinceMs = null;
  #nextMs = FIRST_WAIT_MS;

  /** The sender was there. */
  onContact() {
    this.#contact = true;
  }

  /** Something new arrived: whatever went wrong before is forgotten. */
  onProgress() {
    this.#sinceMs = null;
    this.#nextMs = FIRST_WAIT_MS;
  }

  /** How long to wait before the next try, or null when it is better to tell the user. */
  waitMs(failure, nowMs) {
    const limitMs = this.#limitMs(failure);
    this.#sinceMs ??= nowMs;
    const wait = this.#nextMs;
    this.#nextMs = Math.min(2 * wait, LONGEST_WAIT_MS);
    return nowMs + wait - this.#sinceMs > limitMs ? null : wait;
  }

  #limitMs({ code, told }) {
    if (code === 'busy') return WHILE_BUSY_MS;
    return code === 'lost' && !told && this.#contact ? AFTER_CONTACT_MS : 0;
  }
}
