/** The inspector's view of a member of a call, which the call's page has (call-inspect.js). */

/** Of the BroadcastChannel between the pages: `{ look: member }`, and the answer to it. */
export const CHANNEL = 'purertc-inspect';

const LOOK_MS = 1000;
const SILENT_LOOKS = 5;

export class MemberView {
  #channel = new BroadcastChannel(CHANNEL);
  #unanswered = 0;

  /** What is there to be seen: { name, state, seen }. */
  onseen = () => {};
  /** The call's page has not answered for a while. */
  onsilent = () => {};

  /** Looks each second from now on. */
  constructor(member) {
    this.#channel.onmessage = ({ data }) => {
      if (data.of !== member) return;
      this.#unanswered = 0;
      this.onseen(data);
    };
    const look = () => {
      if (++this.#unanswered > SILENT_LOOKS) this.onsilent();
      this.#channel.postMessage({ look: member });
    };
    look();
    setInterval(look, LOOK_MS);
  }
}
