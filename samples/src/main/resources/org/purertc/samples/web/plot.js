/** Lines over the last minute, below their scale. */

/** The next of 1, 2, 5, 10, 20, … so that the scale does not jump with each value. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}

const milliseconds = (value) => `${Number(value.toPrecision(1))} ms`;

/** Where a value stands between nothing and the top of the scale: from 0 to 1. */
const linear = (value, most) => value / most;

/** For values of very different sizes; what is below `floor` stands at the bottom. */
export const logarithmic = (floor) => (value, most) =>
  Math.log(Math.max(value, floor) / floor) / Math.log(most / floor);

export class Plot {
  #lines;
  #series = {};
  #top;
  #points;
  #least;
  #scale;
  #place;

  /**
   * @param svg has one polyline for each line, its name in data-line, and a viewBox as wide as the
   *     number of points
   * @param top gets the scale
   * @param least the scale is never below it
   * @param scale writes a value of the scale
   * @param place linear unless it is given
   */
  constructor(svg, top, least = 0.1, scale = milliseconds, place = linear) {
    this.#lines = [...svg.querySelectorAll('polyline')];
    this.#points = svg.viewBox.baseVal.width;
    this.#top = top;
    this.#least = least;
    this.#scale = scale;
    this.#place = place;
    this.clear();
  }

  /** Adds one value of each line; null leaves a line as it is. */
  add(values) {
    for (const [name, points] of Object.entries(this.#series)) {
      points.push(values[name] ?? points.at(-1) ?? null);
      if (points.length > this.#points) points.shift();
    }
    this.#draw();
  }

  clear() {
    for (const line of this.#lines) this.#series[line.dataset.line] = [];
    this.#draw();
  }

  #draw() {
    const all = Object.values(this.#series).flat().filter((it) => it !== null);
    const most = roundUp(Math.max(this.#least, ...all));
    this.#top.textContent = all.length > 0 ? this.#scale(most) : '';
    for (const line of this.#lines) {
      const points = this.#series[line.dataset.line];
      const from = this.#points - points.length;
      const text = points
        .map((value, i) => (value === null ? '' : `${from + i + 1},${98 - 78 * this.#place(value, most)}`))
        .join(' ');
      line.setAttribute('points', text);
    }
  }
}
