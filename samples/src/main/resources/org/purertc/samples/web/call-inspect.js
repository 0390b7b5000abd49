/** The inspector is a page of its own: it asks here what this page knows of a member. */
import { CHANNEL } from './inspect-member.js';

export function answerInspectors(/** @type {import('./call-peers.js').Peers} */ peers) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = async ({ data: { look } }) => {
    const peer = peers.get(look);
    if (!peer) return;
    const seen = await peer.pair.look();
    channel.postMessage({ of: look, name: peer.member.name, state: peer.pair.state, seen });
  };
}
