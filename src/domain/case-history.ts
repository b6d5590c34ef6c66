/*
 * One person's record as a story: what came in, who was told, who looked and what was changed, the newest first.
 */
export type FollowUpDoor = "poster" | "page" | "unit" | "person" | "api" | "desk";
export type HistoryEvent = { at: Date } & (
  | { kind: "registered"; door: FollowUpDoor | null }
  | {
      kind: "reading";
      /** 2026-01-26/morning */
      slot: string;
      version: number;
      /** Tenths of °C. */
      temperature: number;
      symptoms: boolean;
      abnormal: boolean;
      late: boolean;
      door: FollowUpDoor;
    }
  | {
      kind: "alert";
      tone: "notice" | "overdue" | "urgent" | "recovered";
      /** The obligation it told of. */
      about: string;
      unitName: string;
      role: string | null;
      channel: string;
      state: string;
      deliveredAt: Date | null;
      ackedAt: Date | null;
    }
  | { kind: "act"; act: string; detail: string | null; actor: string }
);

/** How much a page of it shows. */
export const HISTORY_PAGE = 50;

/**
 * The newest of them in order, and the moment before which the next page goes on; undefined at the end. What happened at
 * one moment stays together: a page is cut between moments.
 */
export function pageOfHistory<Event extends { at: Date }>(
  events: readonly Event[],
  most = HISTORY_PAGE,
): { shown: Event[]; before: Date | undefined } {
  const sorted = events.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const last = sorted[most - 1];
  if (!last || sorted.length === most) return { shown: sorted, before: undefined };
  const shown = sorted.filter(({ at }) => at >= last.at);
  return { shown, before: shown.length < sorted.length ? last.at : undefined };
}

/** A temperature on the chart. @property at when its slot closes */
export type ChartPoint = { at: Date; temperature: number; abnormal: boolean };
/** Where the chart draws: x and y of each point from 0 to 1, and the height of a temperature in tenths of °C. */
export function chartOf(points: readonly ChartPoint[]): {
  dots: (ChartPoint & { x: number; y: number })[];
  heightOf: (tenths: number) => number;
  low: number;
  high: number;
} {
  const sorted = points.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const [first, last] = [sorted[0]?.at.getTime() ?? 0, sorted.at(-1)?.at.getTime() ?? 0];
  const tenths = sorted.map(({ temperature }) => temperature);
  // From 36 to 38 at least, so that a tenth of a degree never looks like a fever.
  const low = Math.min(360, ...tenths.map((t) => Math.floor(t / 5) * 5));
  const high = Math.max(380, ...tenths.map((t) => Math.ceil(t / 5) * 5));
  const heightOf = (t: number) => (t - low) / (high - low);
  const dots = sorted.map((point) => ({
    ...point,
    x: last === first ? 0.5 : (point.at.getTime() - first) / (last - first),
    y: heightOf(point.temperature),
  }));
  return { dots, heightOf, low, high };
}
