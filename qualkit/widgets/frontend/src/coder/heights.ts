// Heights of all rows: estimated first, measured once shown; tops follow from them.
import { countBelow } from "../core/positions.ts";

export class RowHeights {
  private heights: Float64Array;
  private tops: Float64Array; // tops[i] is the top of row i, the last one the total height
  private validUntil = 0;

  constructor(estimates: ArrayLike<number>) {
    this.heights = Float64Array.from(estimates);
    this.tops = new Float64Array(this.heights.length + 1);
  }

  get total(): number {
    return this.top(this.heights.length);
  }

  height(index: number): number {
    return this.heights[index];
  }

  top(index: number): number {
    for (; this.validUntil < index; this.validUntil += 1) {
      this.tops[this.validUntil + 1] = this.tops[this.validUntil] + this.heights[this.validUntil];
    }
    return this.tops[index];
  }

  /** Takes a measured height; whether it differs. */
  set(index: number, height: number): boolean {
    if (Math.abs(this.heights[index] - height) < 0.5) return false;
    this.heights[index] = height;
    this.validUntil = Math.min(this.validUntil, index);
    return true;
  }

  /** The row at a height. */
  at(y: number): number {
    this.top(this.heights.length);
    const index = countBelow(this.tops, y);
    return Math.max(0, Math.min(this.heights.length - 1, this.tops[index] === y ? index : index - 1));
  }
}
