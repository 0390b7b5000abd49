/** A FileReceiver of the page, and a sender that says whatever a test wants it to say. */
import { FileReceiver } from '/assets/receive.js';
import { MemoryOutput, SingleStore } from '/assets/output.js';

const HELLO = { type: 'hello', version: 2, role: 'sender' };

class FakeChannel {
  readyState = 'open';
  bufferedAmount = 0;
  said = [];
  onsaid = () => {};

  send(data) {
    this.said.push(JSON.parse(data));
    this.onsaid(JSON.parse(data));
  }

  close() {
    this.readyState = 'closed';
    setTimeout(() => this.onclose({}), 0);
  }
}

/** An item of a list is a message as object, or the number of bytes of a binary one. */
function deliver(channel, messages) {
  for (const it of messages) {
    const data = typeof it === 'number' ? new ArrayBuffer(it) : JSON.stringify(it);
    if (channel.readyState === 'open') channel.onmessage({ data });
  }
}

/**
 * What becomes of it when the sender says `greeting` after the receiver's hello and `rest` after
 * its accept: the failure's code ("" for none), what the receiver told the sender, what was chosen.
 */
export async function receiveFrom({ greeting, rest = [], secret = false }) {
  const channel = new FakeChannel();
  channel.onsaid = ({ type }) => {
    if (type === 'hello') setTimeout(() => deliver(channel, greeting), 0);
    if (type === 'accept') setTimeout(() => deliver(channel, rest), 0);
  };
  let offered = false;
  const output = new MemoryOutput();
  const receiver = new FileReceiver({
    choose: async () => {
      offered = true;
      return new SingleStore(output);
    },
    onprogress: () => {},
  });
  let code = '';
  try {
    await receiver.run(channel, { prove: secret ? (role) => `proof of ${role}` : null });
  } catch (failure) {
    code = failure.code;
  }
  await receiver.discard();
  const told = channel.said.filter(({ type }) => type === 'failed').map((it) => it.code);
  const verified = channel.said.some(({ type }) => type === 'verified');
  return { code, told: told.join(), offered, verified };
}

/** An honest greeting with these entries, up to an offer with these totals. */
export function offering(entries, totals) {
  return [HELLO, { type: 'entries', entries }, { type: 'offer', ...totals }];
}
