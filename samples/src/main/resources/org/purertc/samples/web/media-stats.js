/** What getStats() says of sent and received media, from one sample to the next. */

export class MediaSampler {
  #connection;
  #before = null;

  constructor(connection) {
    this.#connection = connection;
  }

  /**
   * Since the last sample: { bitrateIn, bitrateOut, lossIn, lossOut, rttMs, jitterMs, codecs,
   * framesPerSecondIn, framesPerSecondOut }. Bits of RTP payload a second, shares from 0 to 1; null
   * for what is not known (yet).
   */
  async sample() {
    const stats = [...(await this.#connection.getStats()).values()];
    const now = totals(stats);
    const before = this.#before;
    this.#before = now;
    return { ...rates(before, now), ...levels(stats), codecs: codecs(stats) };
  }
}

const sum = (all, member) => all.reduce((total, it) => total + (it[member] ?? 0), 0);

const of = (stats, type) => stats.filter((it) => it.type === type);

function totals(stats) {
  const inbound = of(stats, 'inbound-rtp');
  const outbound = of(stats, 'outbound-rtp');
  return {
    ms: performance.now(),
    bytesIn: sum(inbound, 'bytesReceived'),
    bytesOut: sum(outbound, 'bytesSent'),
    received: sum(inbound, 'packetsReceived'),
    lost: sum(inbound, 'packetsLost'),
  };
}

function rates(before, now) {
  if (before === null || now.ms <= before.ms) return { bitrateIn: null, bitrateOut: null, lossIn: null };
  const seconds = (now.ms - before.ms) / 1000;
  const perSecond = (member) => Math.max(0, (8 * (now[member] - before[member])) / seconds);
  // Late packets make the number of lost ones fall.
  const lost = Math.max(0, now.lost - before.lost);
  const received = now.received - before.received;
  return {
    bitrateIn: perSecond('bytesIn'),
    bitrateOut: perSecond('bytesOut'),
    lossIn: lost + received > 0 ? lost / (lost + received) : null,
  };
}

function levels(stats) {
  const reports = of(stats, 'remote-inbound-rtp');
  const inbound = of(stats, 'inbound-rtp');
  return {
    lossOut: most(reports, 'fractionLost'),
    rttMs: inMilliseconds(most(reports, 'roundTripTime')),
    jitterMs: inMilliseconds(most(inbound, 'jitter')),
    framesPerSecondIn: most(inbound, 'framesPerSecond'),
    framesPerSecondOut: most(of(stats, 'outbound-rtp'), 'framesPerSecond'),
  };
}

/** The largest of what is known, so that picture and sound are both looked at. */
function most(all, member) {
  const known = all.map((it) => it[member]).filter(Number.isFinite);
  return known.length > 0 ? Math.max(...known) : null;
}

function inMilliseconds(seconds) {
  return seconds === null ? null : seconds * 1000;
}

function codecs(stats) {
  const byId = new Map(of(stats, 'codec').map((it) => [it.id, it]));
  const used = [...of(stats, 'outbound-rtp'), ...of(stats, 'inbound-rtp')]
    .map(({ codecId }) => byId.get(codecId)?.mimeType.split('/')[1])
    .filter(Boolean);
  return [...new Set(used)].join(', ');
}
