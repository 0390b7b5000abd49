/** Two lines over the last minute, below their scale. */

const POINTS = 120;

/** The next of 1, 2, 5, 10, 20, … so that the scale does not jump with each value. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

export class Plot {
  #series = { ping: [], ice: [] };
  #svg;
  #top;

  constructor(svg, top) {
    this.#svg = svg;
    this.#top = top;
  }

  /** Adds one value of each line; null leaves a line as it is. */
  add(values) {
    for (const [name, points] of Object.entries(this.#series)) {
      points.push(values[name] ?? points.at(-1) ?? null);
      if (points.length > POINTS) points.shift();
    }
    this.#draw();
  }

  clear() {
    this.#series = { ping: [], ice: [] };
    this.#draw();
  }

  #draw() {
    const all = Object.values(this.#series).flat().filter((it) => it !== null);
    const most = roundUp(Math.max(0.1, ...all));
    this.#top.textContent = all.length > 0 ? `${Number(most.toPrecision(1))} ms` : '';
    for (const [name, points] of Object.entries(this.#series)) {
      const from = POINTS - points.length;
      const text = points
        .map((value, i) => (value === null ? '' : `${from + i + 1},${98 - (78 * value) / most}`))
        .join(' ');
      this.#svg.querySelector(`.${name}`).setAttribute('points', text);
    }
  }
}
