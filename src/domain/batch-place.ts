import type { PlaceFault } from "./batch.ts";
import { withinScope } from "./office.ts";

/* Which village, or town, a row of a bureau's list belongs to: by the names of the unit tree, never by the nearest one. */
export type PlaceUnit = { code: string; name: string; kind: string };
/** What a row says of where somebody lives. */
export type SaidPlace = { town: string; village: string; address: string };
export type ToldPlace = { unitCode: string } | { fault: PlaceFault };

/**
 * Tells the unit of a place, out of the county's towns and villages. A village is told by its code, its whole name, or its
 * name without 村 or 社区 where no other has that; two that fit are ambiguous. Where only the town is named it is the town.
 * @param scope the unit whose list it is: what lies elsewhere is outside; a village's own list needs no place
 */
export function placeTeller(units: readonly PlaceUnit[], scope: string): (said: SaidPlace) => ToldPlace {
  const named = units.map(({ code, name, kind }) => ({
    code,
    kind,
    name: key(name),
    short: short(key(name)),
  }));
  const towns = named.filter(({ kind }) => kind === "town");
  const villages = named.filter(({ kind }) => kind === "village");
  const known = new Set(named.map(({ code }) => code));
  const inScope = (code: string) => withinScope({ code: scope, exact: false }, code);
  const told = (codes: string[]): ToldPlace | undefined => {
    const [first] = codes;
    if (first === undefined) return undefined;
    if (codes.length > 1) return { fault: "place-ambiguous" };
    return inScope(first) ? { unitCode: first } : { fault: "place-outside" };
  };
  return (said) => {
    const parts = { town: key(said.town), village: key(said.village), address: key(said.address) };
    const whole = parts.town + parts.village + parts.address;
    if (!whole)
      return villages.some(({ code }) => code === scope) ? { unitCode: scope } : { fault: "place-unknown" };
    const code = [parts.village, parts.town].find((text) => known.has(text));
    if (code) return told([code]) as ToldPlace;
    const inTowns = namedIn(towns, parts.town || whole);
    const below = (one: Named) =>
      inTowns.length === 0 || inTowns.some((town) => one.code.startsWith(town.code));
    const candidates = villages.filter(below);
    const places = namedIn(candidates, parts.village || whole);
    const found = places.length > 0 ? places : parts.village ? shortIn(candidates, parts.village) : [];
    // Of villages of one name the list's own scope does not choose: who has both is told to say the town.
    if (found.length > 0) return told(found.map((one) => one.code)) as ToldPlace;
    // A village of another town than the one that is named: one of the two is wrong.
    const strays = parts.village && inTowns.length > 0 ? namedIn(villages, parts.village) : [];
    if (strays.length > 0) return { fault: "place-contradicts" };
    return told(inTowns.map((one) => one.code)) ?? { fault: "place-unknown" };
  };
}

type Named = { code: string; name: string; short: string };

/** Those whose whole name stands in a text; one inside the name of another that stands there too is not meant. */
function namedIn<T extends Named>(all: readonly T[], text: string): T[] {
  const found = all.filter(({ name }) => name.length > 1 && text.includes(name));
  return found.filter(({ name }) => !found.some((other) => other.name !== name && other.name.includes(name)));
}

/** Those that are called so but for 村 or 社区. */
const shortIn = <T extends Named>(all: readonly T[], text: string): T[] => {
  const bare = short(text);
  return bare.length > 1 ? all.filter((one) => one.short === bare) : [];
};

const key = (text: string): string =>
  text
    .slice(0, 400)
    .normalize("NFKC")
    .replace(/[\s\p{P}\p{S}\p{Cf}]/gu, "")
    .toUpperCase();
const short = (name: string): string =>
  name
    .replace(/(?:村民委员会|村委会|居民委员会|居委会|村民委員會|村委會|居民委員會|居委會)$/, "")
    .replace(/(?:社区|社區|村)$/, "");
