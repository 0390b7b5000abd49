/** Files to and from the members of the call; the messages are described in docs/transfer.md. */
import { TransferFailure } from './inbox.js';
import { FileReceiver } from './receive.js';
import { MemoryOutput, SingleStore } from './output.js';
import { keptAs } from './manifest.js';
import { sendFile } from './send.js';
import { TransferView } from './call-transfer.js';
import * as format from './format.js';

/** What a page can hold in memory without harm. */
const MEMORY_LIMIT_BYTES = 1024 ** 3;
/** From one member, waiting for the user or coming; what it offers beyond that is refused. */
const MAX_INCOMING = 8;

export class Files {
  #list;
  #template;
  #tell;
  #chains = new Map();
  /** What runs with a member, and how to end it, by the member's id. */
  #ends = new Map();

  /**
   * @param {HTMLElement} list gets one element for each transfer
   * @param {HTMLTemplateElement} template
   * @param {(news: string) => void} tell is told what is worth to be read out
   */
  constructor(list, template, tell) {
    this.#list = list;
    this.#template = template;
    this.#tell = tell;
  }

  /**
   * Sends files to one member, one after the other.
   *
   * @param {File[]} files
   * @param {{ id: string, name: string }} member
   * @param {() => Promise<RTCDataChannel>} openChannel
   */
  send(files, member, openChannel) {
    for (const file of files) {
      const view = this.#add(file.name, `to ${member.name}`, file.size);
      const aborted = new AbortController();
      view.oncancel = () => aborted.abort('Cancelled.');
      aborted.signal.onabort = () => view.failed(aborted.signal.reason);
      const over = this.#runs(member.id, false, (reason) => aborted.abort(reason));
      view.wait('Waits for the files before it.');
      const before = this.#chains.get(member.id) ?? Promise.resolve();
      this.#chains.set(
        member.id,
        before.then(() => this.#sendOne(file, member, openChannel, view, aborted.signal)).then(over),
      );
    }
  }

  async #sendOne(file, { name }, openChannel, view, signal) {
    if (signal.aborted) return;
    try {
      view.wait(`Waits for the connection to ${name}.`);
      const channel = await openChannel();
      view.wait(`Waits for ${name} to accept.`);
      const onprogress = (bytes) => view.progress(bytes);
      const { sha256, remoteSha256 } = await sendFile(channel, file, onprogress, signal);
      if (sha256 !== remoteSha256) throw new TransferFailure('hash', 'the SHA-256 differs');
      view.done(`${name} has it: the SHA-256 of the whole file is the same there.`, sha256);
      this.#tell(`${name} has ${file.name}.`);
    } catch (error) {
      if (signal.aborted) return;
      view.failed(explain(error, name));
      this.#tell(`${file.name}: ${explain(error, name)}`);
    }
  }

  /**
   * Takes what a member sends by this channel, if the user wants it.
   *
   * @param {RTCDataChannel} channel
   * @param {{ id: string, name: string }} member
   */
  async receive(channel, member) {
    const incoming = [...(this.#ends.get(member.id) ?? [])].filter((it) => it.isIncoming);
    if (incoming.length >= MAX_INCOMING) {
      channel.close();
      return;
    }
    const { name } = member;
    const it = { view: null, output: new MemoryOutput(MEMORY_LIMIT_BYTES), cancelled: false };
    const receiver = new FileReceiver({
      choose: (manifest) => this.#choose(manifest, name, it, receiver),
      onprogress: (bytes) => it.view.progress(bytes),
    });
    const over = this.#runs(member.id, true, (reason) => receiver.lose(reason));
    try {
      const { manifest, sha256 } = await receiver.run(channel, {});
      it.view.offer(it.output.blob, keptAs(manifest).name);
      it.view.done('Here, whole: the SHA-256 is that of the sender.', sha256);
      this.#tell(`${keptAs(manifest).name} of ${name} is here.`);
    } catch (error) {
      await receiver.discard();
      it.view?.failed(it.cancelled ? 'Declined or cancelled.' : explain(error, name));
    }
    receiver.close();
    over();
  }

  async #choose(manifest, name, it, receiver) {
    const { entries, bytes } = manifest;
    const view = this.#add(keptAs(manifest).name, `from ${name}`, bytes ?? 0);
    it.view = view;
    if (entries.length !== 1 || entries[0].kind !== 'file' || bytes === null) {
      throw new TransferFailure('declined', 'this page takes one file at a time');
    }
    if (bytes > MEMORY_LIMIT_BYTES) {
      const limit = format.size(MEMORY_LIMIT_BYTES);
      throw new TransferFailure('declined', `the page holds no more than ${limit}`);
    }
    this.#tell(`${name} wants to send you ${keptAs(manifest).name}.`);
    const wanted = await view.ask(`${name} wants to send you this file.`);
    it.cancelled = !wanted;
    if (!wanted) throw new TransferFailure('declined', 'it is not wanted');
    view.progress(0);
    view.oncancel = () => {
      it.cancelled = true;
      receiver.lose('the receiver cancelled', 'left');
    };
    return new SingleStore(it.output);
  }

  /** Ends what runs with a member: a connection that is closed here does not tell its channels. */
  end(id, reason) {
    for (const { end } of this.#ends.get(id) ?? []) end(reason);
    this.#chains.delete(id);
  }

  #runs(id, isIncoming, end) {
    const ends = this.#ends.get(id) ?? new Set();
    const one = { isIncoming, end };
    this.#ends.set(id, ends.add(one));
    return () => {
      ends.delete(one);
      if (ends.size === 0 && this.#ends.get(id) === ends) this.#ends.delete(id);
    };
  }

  #add(name, about, bytes) {
    const view = new TransferView(this.#template, { name, about, bytes });
    this.#list.prepend(view.element);
    return view;
  }
}

function explain(error, name) {
  switch (error.code) {
    case 'lost':
      return `The connection to ${name} ended before the file did.`;
    case 'declined':
      return error.told ? `${name} declines: ${error.message}.` : `Declined: ${error.message}.`;
    case 'left':
      return `${name} cancelled it.`;
    default:
      return `Failed: ${error.message}`;
  }
}
