/** A generator of random numbers with a seed (mulberry32). */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  next() {
    this.state = this.state + 0x6d2b79f5 >>> 0;
    let bits = Math.imul(this.state ^ this.state >>> 15, 1 | this.state);
    bits = bits + Math.imul(bits ^ bits >>> 7, 61 | bits) ^ bits;
    return ((bits ^ bits >>> 14) >>> 0) / 2 ** 32;
  }

  below(limit) {
    return Math.floor(this.next() * limit);
  }

  between(low, high) {
    return low + this.below(high - low + 1);
  }

  chance(probability) {
    return this.next() < probability;
  }

  of(list) {
    return list[this.below(list.length)];
  }

  /** Returns a list of up to the given number of elements. */
  list(max, element) {
    return Array.from({ length: this.below(max + 1) }, element);
  }
}
