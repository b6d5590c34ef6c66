import type { Chance } from "./chance.ts";

/*
 * Where it happens: a county with towns, villages and bureaus, and who hears for them. Some villages have no grid worker,
 * some nobody at all, some towns neither, so that every stand-in is needed.
 */
export type Unit = {
  code: string;
  name: string;
  kind: "county" | "town" | "village" | "bureau";
  parent: string | null;
};
export type Ear = { id: string; unit: string; role: "contact" | "duty" | "head" | "grid" };
export type County = {
  code: string;
  units: Unit[];
  villages: string[];
  ears: Ear[];
  roles: (village: string) => string[];
  settings: Record<string, string>;
};

export const COUNTY = "511781";

/** About sixty persons a village, ten villages a town. */
export function makeCounty(persons: number, days: number, chance: Chance): County {
  const villages = Math.max(3, Math.min(400, Math.round(persons / 60)));
  const towns = Math.max(2, Math.ceil(villages / 10));
  const units: Unit[] = [{ code: COUNTY, name: "示例县", kind: "county", parent: null }];
  const ears: Ear[] = [{ id: "county-1", unit: COUNTY, role: "contact" }];
  if (chance.happens(0.5)) ears.push({ id: "county-2", unit: COUNTY, role: "duty" });
  for (const bureau of ["B01", "B03"]) {
    if (!chance.happens(0.6)) continue;
    units.push({ code: COUNTY + bureau, name: `示例局${bureau}`, kind: "bureau", parent: COUNTY });
    if (chance.happens(0.7)) ears.push({ id: `bureau-${bureau}`, unit: COUNTY + bureau, role: "duty" });
  }
  for (let town = 0; town < towns; town++) {
    const code = COUNTY + String(100 + town);
    units.push({ code, name: `示例镇${town}`, kind: "town", parent: COUNTY });
    for (
      let ear = chance.weigh([
        [0, 1],
        [1, 6],
        [2, 1],
      ]);
      ear > 0;
      ear--
    )
      ears.push({ id: `town-${code}-${ear}`, unit: code, role: ear === 1 ? "contact" : "head" });
  }
  for (let village = 0; village < villages; village++) {
    const parent = COUNTY + String(100 + (village % towns));
    const code = parent + String(1 + Math.floor(village / towns)).padStart(3, "0");
    units.push({ code, name: `示例村${village}`, kind: "village", parent });
    for (
      let ear = chance.weigh([
        [0, 1],
        [1, 7],
        [2, 1],
      ]);
      ear > 0;
      ear--
    )
      ears.push({ id: `village-${code}-${ear}`, unit: code, role: ear === 1 ? "contact" : "duty" });
    for (
      let ear = chance.weigh([
        [0, 2],
        [1, 9],
        [2, 1],
      ]);
      ear > 0;
      ear--
    )
      ears.push({ id: `grid-${code}-${ear}`, unit: code, role: "grid" });
  }
  const special = `${COUNTY}100`;
  return {
    code: COUNTY,
    units,
    villages: units.filter(({ kind }) => kind === "village").map(({ code }) => code),
    ears,
    roles: (village) => (village.startsWith(special) ? ["doctor", "village_cadre"] : ["doctor"]),
    settings: {
      COUNTY_CODE: COUNTY,
      OBSERVATION_DAYS: String(days),
      CARE_ROLES: "doctor",
      CARE_ROLES_BY_UNIT: JSON.stringify({ [special]: "doctor,village_cadre" }),
    },
  };
}
