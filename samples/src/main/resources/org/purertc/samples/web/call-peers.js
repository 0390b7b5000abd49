/** The other members of the call, each with a connection. */
import { Pair } from './call-pair.js';

/** After so many attempts in a row, the user is told what may be in the way. */
const PATIENT_RESTARTS = 2;

/**
 * @typedef {object} Peer
 * @property {{ id: string, name: string, role: string, connected: boolean, status: string }} member
 * @property {Pair} pair
 */

export class Peers {
  /** @type {Map<string, Peer>} in the order in which they joined */
  #peers = new Map();
  #media;
  #iceServers = [];

  /** Something to show changed. */
  onchange = () => {};
  /** A member opened a channel for a file. */
  onfile = () => {};
  /** A message for a member. */
  onsignal = () => {};

  /** @param {import('./call-media.js').LocalMedia} media what all of them are shown */
  constructor(media) {
    this.#media = media;
  }

  get all() {
    return [...this.#peers.values()];
  }

  get(id) {
    return this.#peers.get(id);
  }

  /** For the connections that are made from now on. */
  set iceServers(servers) {
    this.#iceServers = servers;
  }

  /** @param {boolean} polite whether the member was in the room before this page was */
  add(member, polite) {
    const { id } = member;
    const pair = new Pair({
      polite,
      iceServers: this.#iceServers,
      send: (message) => this.onsignal(id, message),
    });
    pair.onchange = () => this.onchange();
    pair.onfile = (channel) => this.onfile(channel, this.get(id).member);
    this.#peers.set(id, { member, pair });
    pair.show(this.#media.shown);
    this.#share();
  }

  update(id, changes) {
    const peer = this.#peers.get(id);
    if (peer) Object.assign(peer.member, changes);
  }

  receive(id, message) {
    this.#peers.get(id)?.pair.receive(message);
  }

  /** The member that was removed, or undefined. */
  remove(id) {
    const peer = this.#peers.get(id);
    peer?.pair.close();
    this.#peers.delete(id);
    this.#share();
    return peer?.member;
  }

  #share() {
    for (const { pair } of this.all) pair.limitTo(this.#peers.size);
  }

  /** What is sent now goes to all. */
  showMedia() {
    for (const { pair } of this.all) pair.show(this.#media.shown);
  }
}

/** What is under way or wrong with a member, or nothing. */
export function stateOf({ member, pair }) {
  if (pair.problem) return pair.problem;
  switch (pair.state) {
    case 'connected':
      return member.connected ? '' : 'has lost the server';
    case 'disconnected':
      return 'interrupted';
    case 'failed':
      return 'lost: seeking another way';
    default:
      if (pair.restarts >= PATIENT_RESTARTS) return 'no way found yet; a firewall may block UDP';
      return member.connected ? 'connecting' : 'away';
  }
}
