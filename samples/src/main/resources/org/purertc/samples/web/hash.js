/** How far the worker may be behind. */
const BEHIND_BYTES = 8 * 1024 * 1024;

/** SHA-256 and CRC-32 of one file after the other, in a worker. */
export class Hash {
  #worker = new Worker('/assets/hash-worker.js', { type: 'module' });
  #behindBytes = 0;
  #answers = [];
  #wake = () => {};
  #broken = null;

  constructor() {
    this.#worker.onmessage = ({ data }) => {
      if (data.bytes === undefined) this.#answers.push(data);
      else this.#behindBytes -= data.bytes;
      this.#wake();
    };
    this.#worker.onerror = () => {
      this.#broken = new Error('the worker for SHA-256 failed: load the page again');
      this.#wake();
    };
  }

  async #until(condition) {
    while (!condition()) {
      if (this.#broken) throw this.#broken;
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #ask(question) {
    this.#worker.postMessage(question);
    await this.#until(() => this.#answers.length > 0);
    return this.#answers.shift();
  }

  /** Takes the next bytes. With `give` the buffer is moved to the worker and empty afterwards. */
  async update(buffer, give) {
    this.#behindBytes += buffer.byteLength;
    this.#worker.postMessage(buffer, give ? [buffer] : []);
    await this.#until(() => this.#behindBytes <= BEHIND_BYTES);
  }

  /** The SHA-256 of the bytes so far; more may come. */
  async soFar() {
    return (await this.#ask('so far')).soFar;
  }

  /** `{ hex, crc }` of the file; the next bytes begin a new one. */
  end() {
    return this.#ask('end');
  }

  close() {
    this.#worker.terminate();
  }
}
