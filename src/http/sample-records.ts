import { recordForms } from "../../forms/records.ts";
import { demoClientId, unitActors } from "../db/door.ts";
import { addDays, HOUR, localDate, MINUTE, momentOf } from "../domain/time.ts";
import { recordFormNamed } from "../forms/record.ts";
import type { Deps } from "./factory.ts";
import { fileRecord, fileRecords, takeStep } from "./submit-record.ts";

/*
 * Some records for the local start, plainly made up: passes, a banquet that waits for its town, absences, fever clinics and
 * a day at a checkpoint, through the same functions as everybody's: what waits or runs over alerts as theirs does. Added once;
 * asked again it adds nothing.
 */
const [TOWN, VILLAGE, OTHER_VILLAGE] = ["511781100", "511781100012", "511781100014"];
const [SCHOOL, HEALTH, POST] = ["511781100S01", "511781B03", "511781101C01"];
const PHONE = "13800000000";

type Values = Readonly<Record<string, string | number | boolean | string[]>>;
type Step = { at: Date; step: string; values?: Values; by?: string };

/** @returns how many records it added; those there already are counted too */
export async function addSampleRecords(deps: Deps): Promise<number> {
  const { TIME_ZONE: zone } = deps.settings;
  const now = deps.now();
  const today = localDate(now, zone);
  const day = (back: number) => addDays(today, -back);
  const at = (back: number, clock: string) => momentOf(day(back), clock, zone);
  const ago = (minutes: number) => new Date(now.getTime() - minutes * MINUTE);
  const actors = await unitActors(deps);
  let added = 0;
  const add = async (form: string, unitCode: string, moment: Date, values: Values, steps: Step[] = []) => {
    added += await addOne(deps, { form, unitCode, at: moment, values, no: added, actors }, steps);
  };
  const pass = (no: number) => ({ home: `样本小区 ${no} 栋 101`, person: "样本甲", purpose: "shopping" });
  await add("exit-pass", VILLAGE, at(2, "09:10"), pass(1), [
    { at: at(2, "09:20"), step: "out" },
    { at: at(2, "10:45"), step: "back" },
  ]);
  await add("exit-pass", OTHER_VILLAGE, at(1, "15:00"), pass(2), [
    { at: at(1, "15:05"), step: "out" },
    { at: at(1, "16:30"), step: "back" },
  ]);
  await add("exit-pass", VILLAGE, ago(50), pass(3), [{ at: ago(45), step: "out" }]);
  await add("exit-pass", VILLAGE, ago(20), pass(4));
  const banquet = (kind: string, ahead: number, tables: number) => ({
    ...{ kind, date: day(-ahead), tables, people: tables * 10, outside: false },
    ...{ host: "样本乙", phone: PHONE, place: "样本村 2 组 5 号" },
  });
  await add("banquet", OTHER_VILLAGE, at(1, "10:20"), banquet("funeral", 1, 4), [
    { at: at(1, "11:00"), step: "approved", values: { allowedTables: 2 }, by: TOWN },
  ]);
  await add("banquet", VILLAGE, ago(30), banquet("joyful", 6, 12));
  const ill = (name: string, since: number, fever: boolean) => ({
    ...{ role: "student", name, className: "三年级 2 班", phone: PHONE, since: day(since) },
    ...{ fever, symptoms: [fever ? "cough" : "sore_throat"], exposed: false },
  });
  await add("absence", SCHOOL, at(3, "09:30"), ill("样本小甲", 3, false), [
    { at: at(1, "09:40"), step: "returned", values: { certificate: false } },
  ]);
  await add("absence", SCHOOL, ago(40), ill("样本小乙", 0, true));
  for (const [n, kind] of ["clinic", "clinic", "triage"].entries())
    await add("fever-clinic", HEALTH, at(4, `09:${10 + n}`), {
      ...{ name: `示例第${"一二三"[n]}医院`, kind, address: `样本镇样本路 ${n + 1} 号` },
      ...{ telephone: "0818-1234567", hours: "24 小时" },
    });
  return added + (await addPassages(deps, (hour) => new Date(at(1, "08:00").getTime() + hour * HOUR)));
}

type Sample = {
  form: string;
  unitCode: string;
  at: Date;
  values: Values;
  no: number;
  actors: Map<string, string>;
};

async function addOne(deps: Deps, { form: name, unitCode, at, values, no, actors }: Sample, steps: Step[]) {
  const form = recordFormNamed(recordForms, name);
  if (!form) return 0;
  const actor = (code: string) => actors.get(code) ?? "demo";
  const own = { form, door: "page", actor: actor(unitCode) } as const;
  const id = (what: string) => demoClientId(deps, `record/${name}/${no}/${what}`);
  const on = (moment: Date): Deps => ({ ...deps, now: () => moment });
  const filed = await fileRecord(on(at), { ...own, unitCode, clientId: await id("filed"), values });
  for (const { at: moment, step, values: said = {}, by = unitCode } of steps)
    await takeStep(on(moment), {
      ...{
        ...own,
        actor: actor(by),
        unitCode: by,
        clientId: await id(step),
        id: filed.id,
        step,
        values: said,
      },
    });
  return 1;
}

/** A shift at a checkpoint, hour by hour: more by noon than in the morning. */
async function addPassages(deps: Deps, atHour: (hour: number) => Date): Promise<number> {
  const form = recordFormNamed(recordForms, "checkpoint");
  if (!form) return 0;
  const [froms, ways] = [
    ["same_province", "local", "other_province"],
    ["in", "out", "in"],
  ] as const;
  let added = 0;
  for (const [hour, parties] of [3, 5, 8, 6, 4].entries()) {
    const entries = await Promise.all(
      Array.from({ length: parties }, async (_, n) => ({
        clientId: await demoClientId(deps, `record/checkpoint/${hour}/${n}`),
        values: {
          ...{ people: 1 + ((hour + n) % 4), by: n % 4 === 3 ? "truck" : "car", direction: ways[n % 3] },
          ...{ result: n === 4 ? "turned" : "passed", from: froms[(hour + n) % 3], suspicious: false },
        },
      })),
    );
    const whose = { form, unitCode: POST, door: "page", actor: "demo", entries } as const;
    added += (await fileRecords({ ...deps, now: () => atHour(hour) }, whose)).length;
  }
  return added;
}
