import { begunLast, closesAt, DAY, eveningOf, firstOpen, opensAt, takenUntil } from "./clock.ts";
import type { Writer } from "./script.ts";

export type Subject = {
  household: number;
  place: number;
  comesAt: number;
  verifiedAt: number;
  until: number;
  end: number;
};

/** What one person, the grid worker and the officials do from the first slot to a few beyond the last. */
export function scriptPerson(writer: Writer, subject: Subject): void {
  const { chance, acts, other } = writer;
  const { household, place, verifiedAt, until } = subject;
  const over = (until + 1) * DAY;
  const first = firstOpen(verifiedAt);
  const last = eveningOf(until);
  const forgets = chance.happens(0.05) ? 0.3 : 0.03;
  let ill = false;
  if (chance.happens(0.004)) early(writer, subject);
  for (let slot = first; slot <= last + 4; slot++) {
    // Around the last day everything about fevers is harder, so more fall ill then.
    ill = chance.happens(ill ? 0.5 : slot >= last - 1 ? 0.08 : 0.006);
    // Beyond the last slot most stop; who is kept for a fever may go on.
    if (slot > last && !ill && chance.happens(0.6)) continue;
    if (!chance.happens(forgets)) scriptReading(writer, subject, slot, ill);
  }
  const whenever = () => chance.whole(verifiedAt + 1, over + DAY);
  if (chance.happens(0.02))
    acts.push({ do: "end", key: other(whenever()), household, place, ending: "transferred" });
  if (chance.happens(0.005))
    acts.push({ do: "end", key: other(whenever()), household, place, ending: "closed" });
  if (chance.happens(0.005))
    acts.push({ do: "end", key: other(whenever()), household, place, ending: "released" });
  if (chance.happens(0.01))
    acts.push({
      do: "move",
      key: other(whenever()),
      household,
      place,
      kind: chance.pick(["home", "central", "hospital"]),
    });
  let asked =
    Math.max(over, verifiedAt) +
    chance.weigh([
      [chance.whole(0, 700), 75],
      [chance.whole(700, 2400), 22],
      [DAY * 90, 3],
    ]);
  for (let tries = 0; tries < 3 && asked < subject.end; tries++) {
    acts.push({ do: "end", key: other(asked), household, place, ending: "released" });
    if (tries === 0 && !chance.happens(0.12)) break;
    asked += chance.whole(1, 900);
  }
}

/** One slot's reading, perhaps late, sent twice, mended, entered by two, or entered for a stranger. */
function scriptReading(writer: Writer, subject: Subject, slot: number, ill: boolean): void {
  const { chance, acts, client, list, alone, other } = writer;
  const { household, place, verifiedAt } = subject;
  const [opens, closes] = [Math.max(opensAt(slot), verifiedAt), closesAt(slot)];
  const at = chance.weigh([
    [chance.whole(opens, Math.max(opens, closes - 1)), 94],
    [closes + chance.whole(0, 240), 3],
    [closes + chance.whole(0, DAY + 30), 2.5],
    [closes, 0.3],
    [opensAt(slot) - chance.whole(1, 200), 0.1],
  ]);
  if (at < subject.comesAt) return;
  const single = chance.happens(0.03);
  const send = (minute: number, by: number, tenths: number, symptoms: boolean, named: boolean) =>
    acts.push({
      do: "read",
      key: (single ? alone : list)(minute),
      household,
      place,
      ...(named ? { slot } : {}),
      client: by,
      tenths,
      symptoms,
      door: chance.pick(["person", "unit", "api"] as const),
      alone: single,
    });
  const measure = (unwell: boolean): [number, boolean] => {
    if (!unwell) return [chance.whole(358, 372), false];
    return chance.happens(0.6)
      ? [chance.whole(373, 392), chance.happens(0.5)]
      : [chance.whole(360, 372), true];
  };
  const id = client();
  const [tenths, symptoms] = measure(ill);
  // Without its name a reading speaks for the slot that began last.
  const named = begunLast(at) !== slot || chance.happens(0.5);
  send(at, id, tenths, symptoms, named);
  const again = at + chance.pick([0, 0, 1, chance.whole(1, 30), chance.whole(1, 600)]);
  if (again < takenUntil(slot)) {
    if (chance.happens(0.02)) send(again, id, tenths, symptoms, named);
    if (chance.happens(0.002)) send(again, id, tenths === 365 ? 366 : 365, symptoms, named);
  }
  if (chance.happens(ill ? 0.2 : 0.015))
    send(
      at + chance.pick([0, chance.whole(1, 60), chance.whole(1, 900)]),
      client(),
      ...measure(chance.happens(0.3) ? !ill : ill),
      true,
    );
  if (chance.happens(0.002))
    acts.push({
      do: "read",
      key: list(at),
      household,
      place,
      slot,
      client: client(),
      tenths,
      symptoms,
      door: "stranger",
      alone: false,
    });
  if (ill && chance.happens(0.85)) {
    const answer = () =>
      acts.push({ do: "respond", key: other(at + chance.whole(5, 300)), household, place, slot });
    answer();
    if (chance.happens(0.05)) answer();
  }
}

/** Somebody reports before the village has been at the door. */
function early(
  { chance, acts, client, list }: Writer,
  { household, place, comesAt, verifiedAt }: Subject,
): void {
  const at = chance.whole(comesAt + 1, verifiedAt - 1);
  acts.push({
    do: "read",
    key: list(at),
    household,
    place,
    client: client(),
    tenths: 366,
    symptoms: false,
    door: "person",
    alone: false,
  });
}
