import { morningCheck } from "../../forms/morning-check.ts";
import { publicity } from "../../forms/publicity.ts";
import type { CountForm } from "../../src/forms/define.ts";
import { submitCount } from "../../src/http/submit-count.ts";
import { endObservation } from "../../src/http/submit-observation.ts";
import { submitReport } from "../../src/http/submit-report.ts";
import { oweReports } from "./api.ts";
import { amina, bashir, chen, clientId, dawa } from "./cast.ts";
import { observe } from "./follow-up.ts";
import { seedUnits, type TestCounty } from "./worker.ts";

/*
 * Two days of a county for what is stated of them: who came back in which town, what was handed out, a school's morning.
 * Village one: Amina and Bashir on the 24th, Chen on the 25th; village three: Dawa on the 24th, released on the 25th.
 */
export const VILLAGE_ONE = "511781100001";
export const VILLAGE_THREE = "511781101001";
export const SCHOOL = "511781100S01";

export async function twoDays(county: TestCounty): Promise<void> {
  let next = 700;
  const at = (date: string, clock: string) => county.setNow(`2026-01-${date}T${clock}:00+08:00`);
  const fill = (form: CountForm, unitCode: string, date: string, values: Record<string, number>) =>
    submitCount(county.deps, {
      ...{ clientId: clientId(++next), form, unitCode, date, values },
      door: "api",
    });
  at("24", "09:00");
  await seedUnits(county);
  await oweReports(county, "2026-01-24", [VILLAGE_ONE, VILLAGE_THREE]);
  await oweReports(county, "2026-01-25", [VILLAGE_ONE, VILLAGE_THREE]);
  await observe(county, [amina(), bashir()], { unit: VILLAGE_ONE });
  const dawas = await observe(county, [dawa()], { unit: VILLAGE_THREE, day0: "2026-01-10" });
  await fill(publicity, VILLAGE_ONE, "2026-01-24", { leaflets: 400, screens: 3 });
  for (const unitCode of [VILLAGE_ONE, VILLAGE_THREE])
    await submitReport(county.deps, {
      ...{ clientId: clientId(++next), unitCode, date: "2026-01-24", door: "api" as const },
      values: { zero: true, reason: "示例" } as Parameters<typeof submitReport>[1]["values"],
    });
  at("25", "08:00");
  await observe(county, [chen()], { unit: VILLAGE_ONE });
  await fill(publicity, VILLAGE_ONE, "2026-01-25", { leaflets: 20, screens: 4 });
  await fill(morningCheck, SCHOOL, "2026-01-25", { students: 300, present: 298, absent: 2, fever: 0 });
  await endObservation(county.deps, {
    ...{ id: `${dawas}-1`, scope: VILLAGE_THREE, actor: "sample", ending: "released", by: "李示例" },
  });
  // Village three has not reported when the 25th is over at 16:00.
  await submitReport(county.deps, {
    ...{ clientId: clientId(++next), unitCode: VILLAGE_ONE, date: "2026-01-25", door: "api" },
    values: { zero: true, reason: "示例" } as Parameters<typeof submitReport>[1]["values"],
  });
  at("25", "18:30");
}
