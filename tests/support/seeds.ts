import { expect } from "vitest";
import { createApiKey } from "../../src/db/api-key.ts";
import { runBatch } from "../../src/db/store.ts";
import { post, withKey } from "./api.ts";
import { amina, household, type PersonValues } from "./cast.ts";
import { freshId } from "./follow-up.ts";
import { linkOf, post as submit } from "./unit-door.ts";
import { openCounty, type TestCounty } from "./worker.ts";

/*
 * What the source documents tell of, entered through the public doors alone: registrations and readings as programs send
 * them, verifications, moves and releases at a unit's own link, typed counts with a key. Units, their links and keys are
 * what a county sets up before its first day.
 */
export const KEY = "seeds-sample-key-000000";
export const COUNTY = "511781";

export type Doors = {
  county: TestCounty;
  /** Households of up to five until so many persons are registered. @returns their case numbers */
  register: (unit: string, persons: number, more?: Registered) => Promise<string[]>;
  /** Verified at the unit's link: found, and under observation from then on. */
  verify: (unit: string, cases: string[], fields?: Record<string, string>) => Promise<void>;
  /** Everybody of these cases. */
  release: (unit: string, cases: string[]) => Promise<void>;
  measure: (cases: string[], temperature: number) => Promise<void>;
  count: (form: string, unit: string, date: string, counts: Record<string, number>) => Promise<void>;
  /** A zero report of each unit. */
  zero: (units: string[], date: string) => Promise<void>;
  report: (query: Record<string, string>) => Promise<Told>;
};
type Registered = Partial<Parameters<typeof household>[1]> & { person?: Partial<PersonValues> };
export type Told = {
  text: string;
  figures: { id: string; value: number | null; text: string }[];
  snapshot: { asOf: string; hash: string };
};

/** A county with these units: [code, name, kind, parent]. */
export async function openDoors(
  iso: string,
  units: [string, string, string, string | null][],
): Promise<Doors> {
  const county = await openCounty(iso);
  const { db, d1 } = county.deps;
  const before = new Date("2026-01-01T00:00:00+08:00");
  const insert = d1.prepare(
    "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, ?, ?, ?)",
  );
  await d1.batch(units.map((row) => insert.bind(...row, before.getTime())));
  const key = await createApiKey(db, { key: KEY, scope: COUNTY, label: "seeds", recordedAt: before });
  await runBatch(db, [key.statement]);
  const links = new Map<string, string>();
  const linkOfUnit = async (unit: string) => {
    const token = links.get(unit) ?? (await linkOf(county, unit));
    links.set(unit, token);
    return token;
  };
  const sizes = new Map<string, number>();
  let phones = 0;

  const send = async <T>(path: string, body: object): Promise<T> => {
    const answer = await county.fetch(path, post(body, withKey(KEY).headers));
    expect([answer.status, answer.status < 300 ? "" : await answer.clone().text()]).toEqual([201, ""]);
    return answer.json<T>();
  };
  const press = async (unit: string, path: string, fields: Record<string, string>) => {
    const answer = await submit(county, `/u/${await linkOfUnit(unit)}${path}`, fields);
    expect([answer.status, answer.status === 303 ? "" : await answer.text()]).toEqual([303, ""]);
  };
  const personsOf = (cases: string[]) =>
    cases.flatMap((id) => Array.from({ length: sizes.get(id) ?? 0 }, (_, at) => `${id}-${at + 1}`));

  return {
    county,
    async register(unit, persons, { person, ...more } = {}) {
      const cases: string[] = [];
      for (let left = persons; left > 0; left -= 5) {
        const size = Math.min(5, left);
        // Nobody has a document at hand: a number twice would be a duplicate.
        const people = Array.from({ length: size }, () => amina({ document: undefined, ...person }));
        const values = household(people, {
          unit,
          phone: `139${String(++phones).padStart(8, "0")}`,
          arrivedAt: new Date(county.deps.now().getTime() - 60_000).toISOString(),
          ...(more.origin && more.origin !== "wuhan" ? { transitWuhan: false } : {}),
          ...more,
        });
        const { caseNumber } = await send<{ caseNumber: string }>("/api/v1/registrations", {
          clientId: freshId(),
          ...values,
        });
        sizes.set(caseNumber, size);
        cases.push(caseNumber);
      }
      return cases;
    },
    async verify(unit, cases, fields = {}) {
      for (const id of cases)
        await press(unit, `/case/${id}/verify`, { outcome: "found", kind: "home", ...fields });
    },
    async release(unit, cases) {
      for (const id of personsOf(cases)) await press(unit, `/release/${id}`, { by: "示例医生" });
    },
    async measure(cases, temperature) {
      for (const person of personsOf(cases))
        await send("/api/v1/readings", {
          ...{ clientId: freshId(), person, temperature, symptoms: false, needsHelp: false },
        });
    },
    async count(form, unit, date, counts) {
      await send(`/api/v1/counts/${form}/${unit}/${date}`, { clientId: freshId(), ...counts });
    },
    async zero(units, date) {
      for (const unit of units)
        await send(`/api/v1/reports/${unit}/${date}`, {
          clientId: freshId(),
          zero: true,
          reason: "示例：上午先报",
        });
    },
    async report(query) {
      const answer = await county.fetch(
        `/api/v1/situation-report?${new URLSearchParams({ lang: "zh-Hans", ...query })}`,
        withKey(KEY),
      );
      expect([answer.status, answer.status === 200 ? "" : await answer.clone().text()]).toEqual([200, ""]);
      return answer.json<Told>();
    },
  };
}
