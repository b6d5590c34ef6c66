import { begunLast, closesAt, DAY, nameOfSlot } from "./clock.ts";
import { owes, type Walked, type Watched } from "./watched.ts";

/** What the service must say as of a minute: observation by its state, and the readings of the last four slots. */
export type Books = {
  observation: Record<string, number>;
  slots: { slot: string; expected: number; onTime: number; late: number; missed: number }[];
};

export function booksAt({ watched }: Walked, minute: number): Books {
  const observation = {
    cumulative: 0,
    observing: 0,
    home: 0,
    central: 0,
    hospital: 0,
    householdMembers: 0,
    symptomatic: 0,
    openedToday: 0,
    released: 0,
    releasedToday: 0,
    transferred: 0,
    closed: 0,
  };
  const latest = begunLast(minute);
  const slots = [latest - 3, latest - 2, latest - 1, latest].map((slot) => ({
    slot,
    expected: 0,
    onTime: 0,
    late: 0,
    missed: 0,
  }));
  // A figure cut at midnight speaks of the day that ends there.
  const today = (at: number) => at <= minute && at > (Math.ceil(minute / DAY) - 1) * DAY;
  for (const one of watched.values()) {
    if (one.openedAt > minute) continue;
    observation.cumulative += 1;
    if (today(one.openedAt) && (one.endedAt === undefined || one.endedAt > one.openedAt))
      observation.openedToday += 1;
    if (one.endedAt !== undefined && one.endedAt <= minute) {
      observation[one.ending as "released"] += 1;
      if (one.ending === "released" && today(one.endedAt)) observation.releasedToday += 1;
    } else {
      observation.observing += 1;
      const [moved] = one.moves.filter(({ at }) => at <= minute).slice(-1);
      observation[moved?.kind ?? one.kind] += 1;
      if (!one.returnee) observation.householdMembers += 1;
      if (isUnwell(one, minute)) observation.symptomatic += 1;
    }
    for (const count of slots) {
      const { slot } = count;
      const read = one.slots.get(slot);
      const known = read && read.at <= minute;
      if (
        slot < one.first ||
        !(
          known ||
          (owesBy(one, slot, minute) &&
            !(one.endedAt !== undefined && one.endedAt <= minute && one.endedAt < closesAt(slot)))
        )
      )
        continue;
      count.expected += 1;
      if (known) count[read.late ? "late" : "onTime"] += 1;
      else if (closesAt(slot) <= minute) count.missed += 1;
    }
  }
  return {
    observation,
    slots: slots
      .map(({ slot, ...counts }) => ({ slot: nameOfSlot(slot), ...counts }))
      .filter(({ expected }) => expected > 0),
  };
}

/** A slot beyond the last that is still open is owed while the newest reading stands so now. */
const owesBy = (one: Watched, slot: number, minute: number): boolean =>
  closesAt(slot) <= minute || slot <= one.last
    ? owes(one, slot)
    : one.held.some(({ from, to }) => from <= minute && to > minute);

function isUnwell(one: Watched, minute: number): boolean {
  for (let slot = begunLast(minute); slot >= one.first; slot--) {
    const read = one.slots.get(slot);
    if (!read || read.at > minute) continue;
    const [last] = (read.more ?? []).filter(({ at }) => at <= minute).slice(-1);
    return (last ?? read).abnormal;
  }
  return false;
}
