/** The link of `purertc send`: http://HOST:PORT/ROOM#SECRET. */
import { JavaPeer } from './peer.js';
import { PROTOCOL, TransferFailure } from './inbox.js';
import { proof, secretOf } from './proof.js';

/** The secret of this page's link. Throws one line that says what is wrong with it. */
export function secretOfLink({ hash }) {
  if (hash.length < 2) {
    throw new TransferFailure(
      'link',
      'This link has lost its secret, the part behind #: ask the sender for the whole link.',
    );
  }
  const secret = secretOf(hash);
  if (!secret) {
    throw new TransferFailure(
      'link',
      'The secret of this link, the part behind #, is damaged: ask the sender for the whole link.',
    );
  }
  return secret;
}

/** One connection to the sender, for one run of a receiver. */
export class SenderConnection {
  #peer = new JavaPeer();

  /** @param onstate called with W3C's connection state */
  constructor(onstate) {
    this.#peer.onstate = onstate;
  }

  /** Resolves as the receiver's run does; the connection is closed then. */
  async run(receiver, path, secret) {
    const peer = this.#peer;
    const channel = peer.connection.createDataChannel('file', { protocol: PROTOCOL });
    channel.addEventListener('open', () => peer.releaseSocket());
    peer.onfail = (reason) => {
      peer.onstate('lost');
      receiver.lose(reason);
    };
    const prove = (role) => proof(secret, role, peer.connection);
    try {
      const running = receiver.run(channel, { prove });
      peer.open(`${path}/ws`);
      return await running;
    } catch (failure) {
      throw failure.code === 'lost' && !peer.reached ? await whyUnreachable(path, failure) : failure;
    } finally {
      peer.close();
    }
  }

  close() {
    this.#peer.close();
  }
}

/** A WebSocket that does not open says nothing, but the page's own address does. */
async function whyUnreachable(path, failure) {
  let status;
  try {
    ({ status } = await fetch(path, { cache: 'no-store' }));
  } catch {
    return new TransferFailure('lost', 'the sender does not answer');
  }
  if (status === 404) {
    return new TransferFailure('link', 'This link is wrong, or its transfer is done: ask the sender.');
  }
  if (status === 429) {
    return new TransferFailure(
      'link',
      'Too many wrong links came from here: wait a minute, then load this page again.',
    );
  }
  return status === 200 ? failure : new TransferFailure('lost', `the sender answered ${status}`);
}
