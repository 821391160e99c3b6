// Lanes of the margin: codings that may stand beside the same line get different lanes, and keep them.
import type { IntervalIndex } from "./intervals.ts";
import type { Coding, Range } from "./types.ts";

/** The stretch of text whose lines a coding's stripe may cover. */
export type Reach = (coding: Coding) => Range;

export class Lanes {
  private lanes = new Map<string, number>();
  private places = new Map<string, Range>(); // where each was when it got its lane

  get(id: string): number {
    return this.lanes.get(id) ?? 0;
  }

  /** First fit for all, in order of place. */
  layOut(index: IntervalIndex, reach: Reach): void {
    this.lanes.clear();
    this.places.clear();
    const open: number[] = []; // per lane: where its last stripe ends
    for (const coding of index.sorted) {
      const { start, end } = reach(coding);
      let lane = open.findIndex((until) => until <= start);
      if (lane < 0) lane = open.length;
      open[lane] = end;
      this.lanes.set(coding.id, lane);
      this.places.set(coding.id, { start: coding.start, end: coding.end });
    }
  }

  /** Places only what has no lane yet; the others stay where the eye found them. */
  update(index: IntervalIndex, reach: Reach, longestReach: number): void {
    const known = new Set<string>();
    for (const coding of index.sorted) {
      known.add(coding.id);
      const place = this.places.get(coding.id);
      if (place?.start === coding.start && place.end === coding.end) continue;
      this.lanes.delete(coding.id); // it may have been moved beside others
      this.lanes.set(coding.id, this.freeLane(coding, index, reach, longestReach));
      this.places.set(coding.id, { start: coding.start, end: coding.end });
    }
    for (const id of this.lanes.keys()) if (!known.has(id)) this.lanes.delete(id);
    for (const id of this.places.keys()) if (!known.has(id)) this.places.delete(id);
  }

  /** The coding got its final id: its stripe must not move. */
  rename(from: string, to: string): void {
    const lane = this.lanes.get(from);
    const place = this.places.get(from);
    if (lane !== undefined) this.lanes.set(to, lane);
    if (place) this.places.set(to, place);
  }

  private freeLane(coding: Coding, index: IntervalIndex, reach: Reach, longestReach: number): number {
    const own = reach(coding);
    const taken = new Set<number>();
    for (const other of index.touching(own.start - longestReach, own.end + longestReach)) {
      const its = reach(other);
      const lane = this.lanes.get(other.id);
      if (lane !== undefined && its.start < own.end && its.end > own.start) taken.add(lane);
    }
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    return lane;
  }
}
