import {
  type Act,
  type End,
  type HouseholdData,
  type Read,
  type Register,
  taken,
  type Verify,
} from "./acts.ts";
import type { Chance } from "./chance.ts";
import {
  begunLast,
  closesAt,
  DAY,
  dateOfDay,
  dayAt,
  eveningOf,
  firstOpen,
  opensAt,
  takenUntil,
} from "./clock.ts";
import { COUNTY, type County } from "./county.ts";
import type { Options } from "./options.ts";
import { type Cry, type Debt, owes, type Phase, type Walked, type Watched } from "./watched.ts";

/*
 * The rules of the issue in plain words: walks through all acts in their order, says what each is answered with, and
 * keeps what came of it. No line of it looks at the code it judges.
 */
type Home = HouseholdData & { id: string; verified: boolean; team: Map<string, boolean> };

export function walk(acts: Act[], county: County, options: Options, chance: Chance): Walked {
  const sorted = [...acts].sort((a, b) => a.key - b.key);
  const out: Act[] = [];
  const homes = new Map<number, Home>();
  const watched = new Map<string, Watched>();
  const debts = new Map<string, Debt>();
  const cries: Cry[] = [];
  /** When each was first cried out: who is appointed later hears of it by the ladder, not by a correction. */
  const cried = new Map<string, number>();
  const heard = new Set<string>();
  const sent = new Map<number, { words: string; answer: string }>();
  const signals = new Map<string, { at: number; who: string }[]>();
  /** Acknowledgements of clusters that have been seen: they come after. */
  let coming: (Act & { do: "ack" })[] = [];
  let persons = 0;

  for (const act of sorted) {
    while (coming[0] && coming[0].key < act.key) step(coming.shift() as Act);
    step(act);
  }
  for (const act of coming) step(act);
  return { acts: out, watched, debts, cries, persons };

  function step(act: Act): void {
    out.push(act);
    act.expect = answer(act);
  }

  function answer(act: Act): string {
    switch (act.do) {
      case "register":
        return register(act);
      case "verify":
        return verify(act);
      case "read":
        return read(act);
      case "end":
        return end(act);
      case "move": {
        const one = watched.get(`H${act.household}-${act.place}`);
        if (!one) return "person-not-found";
        if (one.ending) return "observation-ended";
        one.moves.push({ at: minute(act), kind: act.kind });
        return "ok";
      }
      case "assign": {
        const home = homes.get(act.household) as Home;
        home.team.set(act.role, act.mail);
        meet(`care-role/${home.id}/${act.role}`, act);
        return "ok";
      }
      case "respond": {
        const { household, place, slot } = act;
        return meet(responseOf(`H${household}-${place}`, slot), act);
      }
      case "ack":
        return meet(act.cluster, act);
      case "cron":
        return "ok";
    }
  }

  function register(act: Register): string {
    const { household } = act;
    const id = `H${household.number}`;
    const at = minute(act);
    homes.set(household.number, { ...household, id, verified: false, team: new Map() });
    persons += household.persons.length;
    const ill = household.persons.flatMap(({ symptoms }, place) => (symptoms ? [`${id}-${place + 1}`] : []));
    const debt = open(
      { id: `registration/${id}`, kind: "registration", unit: household.village, opened: at, due: at + 120 },
      act,
    );
    if (ill.length > 0) {
      for (const ear of chainOf(household.village)) cry(debt, ear, act);
      signal(household.village, ill, act);
    }
    return "ok";
  }

  function verify(act: Verify): string {
    const home = homes.get(act.household) as Home;
    if (home.verified) return "already-settled";
    home.verified = true;
    const at = minute(act);
    meet(`registration/${home.id}`, act);
    const today = dayAt(at);
    home.persons.forEach(({ returnee }, place) => {
      const found = returnee ? home.leftOn : dayAt(home.arrivedAt);
      const day0 = act.day0 ?? (act.rule === "start" ? today : Math.min(found, today));
      const until = day0 + options.days;
      const opened = Math.max((until + 1) * DAY, at);
      const ending = ({ found: undefined, wrong: "closed", moved: "transferred" } as const)[act.outcome];
      watched.set(`${home.id}-${place + 1}`, {
        ...{ id: `${home.id}-${place + 1}`, village: home.village, returnee, kind: act.kind, until },
        ...{
          openedAt: at,
          openedKey: act.key,
          first: firstOpen(at),
          last: eveningOf(until),
          extended: eveningOf(until),
        },
        ...{ held: [], isHeld: false, slots: new Map(), newest: -99, moves: [] },
        ...(ending ? { endedAt: at, ending, endedKey: act.key } : { endedKey: Infinity }),
        release: ending ? [] : [{ opened, due: opened + DAY, fromKey: act.key, untilKey: Infinity }],
      });
    });
    if (act.outcome === "found")
      for (const role of county.roles(home.village))
        open(
          {
            id: `care-role/${home.id}/${role}`,
            kind: "care-role",
            unit: home.village,
            opened: at,
            due: at + DAY,
          },
          act,
        );
    return "ok";
  }

  function read(act: Read): string {
    const at = minute(act);
    const slot = act.slot ?? begunLast(at);
    act.sort = "refused";
    if (at < opensAt(slot) || at >= takenUntil(slot)) return "invalid";
    const words = `${act.slot} ${act.tenths} ${act.symptoms}`;
    const before = sent.get(act.client);
    act.sort = "again";
    if (before) return before.words === words ? before.answer : "content-differs";
    act.sort = "refused";
    const id = `H${act.household}-${act.place}`;
    const one = watched.get(id);
    if (act.door === "stranger" || !homes.has(act.household)) return "person-not-found";
    if (!one) return "not-observed";
    if (one.ending) return "observation-ended";
    if (slot < one.first || (slot > one.extended && !one.isHeld)) return "invalid";
    const abnormal = act.symptoms || act.tenths >= 373;
    const late = at >= closesAt(slot);
    const standing = one.slots.get(slot);
    if (standing) {
      standing.more ??= [];
      standing.more.push({ at, abnormal });
    } else one.slots.set(slot, { at, key: act.key, late, abnormal });
    one.newest = Math.max(one.newest, slot);
    const better = one.isHeld && slot === one.newest && !abnormal;
    act.sort = abnormal ? "abnormal" : better ? "better" : standing ? "corrected" : late ? "late" : "normal";
    if (slot === one.newest) hold(one, abnormal, slot, act);
    if (abnormal) fever(one, slot, act);
    const said = taken(1 + (standing?.more?.length ?? 0), slot, late, abnormal);
    sent.set(act.client, { words, answer: said });
    return said;
  }

  /** Fever keeps the observation open; the first normal reading after it lets it end. */
  function hold(one: Watched, abnormal: boolean, slot: number, act: Act): void {
    const at = minute(act);
    if (abnormal === one.isHeld) return;
    one.isHeld = abnormal;
    const phase = one.release.at(-1) as Phase;
    if (abnormal) {
      one.held.push({ from: at, to: Infinity });
      phase.untilKey = act.key;
      return;
    }
    (one.held.at(-1) as { to: number }).to = at;
    // What closed while it was open was owed, and may still be entered.
    one.extended = Math.max(one.last, slot);
    for (let closed = one.extended + 1; closesAt(closed) <= at; closed++)
      if (owes(one, closed)) one.extended = closed;
    const opened = Math.max(phase.opened, at);
    one.release.push({ opened, due: opened + DAY, fromKey: act.key, untilKey: Infinity });
  }

  function fever(one: Watched, slot: number, act: Act): void {
    const id = responseOf(one.id, slot);
    const at = minute(act);
    const debt =
      debts.get(id) ?? open({ id, kind: "response", unit: one.village, opened: at, due: at + 120 }, act);
    // A correction of the same slot tells only who has come to the care team since.
    if (debt.openKey === act.key) for (const ear of chainOf(one.village)) cry(debt, ear, act);
    const { team } = homes.get(Number(one.id.slice(1, one.id.indexOf("-")))) as Home;
    if ([...team.values()].includes(true)) cry(debt, `care/${one.village}`, act);
    signal(one.village, [one.id], act);
  }

  /** Three or more within two days make a cluster, once a day, for two recipients. */
  function signal(village: string, who: string[], act: Act): void {
    const at = minute(act);
    const list = signals.get(village) ?? [];
    signals.set(village, list);
    for (const one of who) list.push({ at, who: one });
    const counted = new Set(list.filter((one) => one.at > at - 2 * DAY).map((one) => one.who));
    if (counted.size < 3) return;
    for (const [recipient, bureau] of [
      ["cdc", "B01"],
      ["health", "B03"],
    ] as const) {
      const id = `cluster/${village}/${dateOfDay(dayAt(at))}/${recipient}`;
      if (debts.has(id)) continue;
      const unit = county.units.some(({ code }) => code === COUNTY + bureau) ? COUNTY + bureau : COUNTY;
      open({ id, kind: "cluster", unit, opened: at, due: at + 120 }, act);
      const waits = chance.weigh([
        [chance.whole(3, 110), 65],
        [chance.whole(110, 400), 25],
        [undefined, 10],
      ]);
      if (waits !== undefined)
        coming.push({ do: "ack", key: at + waits + 0.8 + chance.next() * 0.2, cluster: id });
      coming = coming.sort((a, b) => a.key - b.key);
    }
  }

  function end(act: End): string {
    const one = watched.get(`H${act.household}-${act.place}`);
    const at = minute(act);
    if (!one) return "person-not-found";
    if (one.ending) return "already-settled";
    if (act.ending === "released" && at < (one.until + 1) * DAY) return "release-too-early";
    if (act.ending === "released" && one.isHeld) return "release-held";
    one.ending = act.ending;
    one.endedAt = at;
    one.endedKey = act.key;
    return "ok";
  }

  function open(owed: Omit<Debt, "openKey" | "metKey" | "metAt">, act: Act): Debt {
    const debt = { ...owed, openKey: act.key, metKey: Infinity, metAt: Infinity };
    debts.set(owed.id, debt);
    return debt;
  }

  function meet(id: string, act: Act): string {
    const debt = debts.get(id);
    if (!debt) return "case-not-found";
    if (debt.metKey !== Infinity) return "already-settled";
    debt.metKey = act.key;
    debt.metAt = minute(act);
    return "ok";
  }

  function cry(debt: Debt, ear: string, act: Act): void {
    const name = `${debt.id} ${ear}`;
    if (heard.has(name) || (cried.get(debt.id) ?? act.key) !== act.key) return;
    heard.add(name);
    cried.set(debt.id, act.key);
    cries.push({ debt: debt.id, due: debt.due, ear, key: act.key, at: minute(act) });
  }

  function chainOf(village: string): string[] {
    return county.ears
      .filter(({ unit }) => village === unit || village.slice(0, 9) === unit || unit === COUNTY)
      .map(({ id }) => id);
  }
}

export const minute = (act: Act): number => Math.floor(act.key);
const responseOf = (id: string, slot: number) =>
  `response/${id}/${dateOfDay(slot >> 1)}/${slot & 1 ? "evening" : "morning"}`;
