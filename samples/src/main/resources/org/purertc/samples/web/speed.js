/** How fast bytes come: over the last seconds, and altogether. Pauses do not count. */

const WINDOW_MS = 5000;
const MARK_MS = 200;

export class Speed {
  #marks = [];
  #bytes = 0;
  #activeMs = 0;
  #sinceMs = null;

  /** Begins, or goes on; `bytes` are there already. */
  start(bytes, nowMs) {
    this.stop(nowMs);
    this.#sinceMs = nowMs;
    this.#marks = [{ ms: nowMs, bytes }];
    this.#bytes = bytes;
  }

  /** Nothing can come until the next start. */
  stop(nowMs) {
    if (this.#sinceMs !== null) this.#activeMs += nowMs - this.#sinceMs;
    this.#sinceMs = null;
  }

  add(bytes, nowMs) {
    this.#bytes = bytes;
    if (this.#sinceMs === null || nowMs - this.#marks.at(-1).ms < MARK_MS) return;
    this.#marks.push({ ms: nowMs, bytes });
    while (nowMs - this.#marks[0].ms > WINDOW_MS) this.#marks.shift();
  }

  /** 0 while nothing can come. */
  bytesPerSecond(nowMs) {
    if (this.#sinceMs === null) return 0;
    const [{ ms, bytes }] = this.#marks;
    return nowMs > ms ? ((this.#bytes - bytes) * 1000) / (nowMs - ms) : 0;
  }

  activeSeconds(nowMs) {
    const runningMs = this.#sinceMs === null ? 0 : nowMs - this.#sinceMs;
    return (this.#activeMs + runningMs) / 1000;
  }
}
