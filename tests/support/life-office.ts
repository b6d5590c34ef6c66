import { exitPass } from "../../forms/exit-pass.ts";
import { confirmBatch, findBatch, withdrawBatch } from "../../src/db/batch.ts";
import { saveLetter, withdrawLetter } from "../../src/db/letter.ts";
import { identify } from "../../src/db/submission.ts";
import { currentAssignment, saveAssignment } from "../../src/db/tip-assignment.ts";
import { addUnit, closeUnit, renameUnit } from "../../src/db/unit-change.ts";
import { letterNumber } from "../../src/domain/letter.ts";
import { DAY } from "../../src/domain/time.ts";
import { decidedColumns, receiveFile, stepBatch } from "../../src/http/batches.ts";
import { answerLetter } from "../../src/http/submit-letter-answer.ts";
import { fileRecord, takeStep } from "../../src/http/submit-record.ts";
import { materialiseDailyReports } from "../../src/jobs/materialise.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { clientId } from "./cast.ts";
import type { TestCounty } from "./worker.ts";

/*
 * What offices and the cron do meanwhile: whatever overwrites a row without adding one. No figure of a moment before may
 * change by any of it.
 */
export const OFFICE_ACTS = [
  ...([
    "letter",
    "letter",
    "answer",
    "recall",
    "list",
    "agree",
    "agree",
    "file",
    "file",
    "step",
    "step",
  ] as const),
  ...(["hand", "open", "close", "rename", "cron"] as const),
] as const;
export type OfficeAct = (typeof OFFICE_ACTS)[number];

/** What an office's next step may be about. */
export type Files = {
  tips: { id: string; unit: string }[];
  cases: { id: string; unit: string }[];
  letters: { id: string; unit: string }[];
  lists: string[];
  records: { id: string; unit: string }[];
  units: { code: string; name: string }[];
};
export const newFiles = (): Files => ({
  ...{ tips: [], cases: [], letters: [], lists: [], records: [], units: [] },
});

type Step = { who: number; hot: boolean; late: boolean; number: number; unit: string };

/** Does one step of an office at the county's moment. */
export async function actInOffice(
  { deps }: TestCounty,
  files: Files,
  act: OfficeAct,
  { who, hot, late, number, unit }: Step,
): Promise<void> {
  const now = deps.now();
  const acting = { actor: "x", auditId: `act-${number}`, now };
  const one = <T>(list: T[]): T | undefined => list[who % Math.max(1, list.length)];
  switch (act) {
    case "letter": {
      const home = one(files.cases);
      if (!home) return;
      const id = letterNumber("2026-01-25", String(1000 + number));
      const { arrival } = await identify(
        deps.privacy,
        { name: "letter", version: 1 },
        { clientId: clientId(number), door: "desk", content: { id } },
      );
      await saveLetter(deps, {
        row: {
          ...{ id, unitCode: unit, householdId: home.id, homeCode: home.unit, by: "x", recordedAt: now },
          ...{ linkNonce: deps.newId(), dueAt: new Date(now.getTime() + DAY) },
        },
        details: { to: { county: "示例县" }, from: "示例市", why: "示例", case: { persons: [] } },
        ...{ arrival, settings: deps.settings, expiresAt: new Date(now.getTime() + 30 * DAY) },
        act: {
          id: acting.auditId,
          actor: "x",
          act: "write-letter",
          subjectId: home.id,
          unitCode: unit,
          recordedAt: now,
        },
      });
      files.letters.push({ id, unit });
      return;
    }
    case "answer": {
      const letter = one(files.letters);
      const kind = hot ? "received" : late ? "found" : "not_found";
      const typed = { clientId: clientId(number), kind, by: "示例", text: "示例" };
      if (letter)
        await answerLetter(deps, letter.id, typed, { actor: "x", door: late ? "desk" : "link", lang: "en" });
      return;
    }
    case "recall": {
      const letter = one(files.letters);
      if (!letter) return;
      const { id, unit: unitCode } = letter;
      const said = {
        id: acting.auditId,
        actor: "x",
        act: "withdraw-letter",
        subjectId: id,
        unitCode,
        recordedAt: now,
      };
      await withdrawLetter(deps, { id, unitCode } as Parameters<typeof withdrawLetter>[1], {
        now,
        act: said,
      });
      return;
    }
    case "list": {
      const source = hot ? "education" : "health";
      const rows = Array.from(
        { length: 1 + (who % 3) },
        (_, row) => `示例${number}-${row},,1390000${1000 + number}`,
      );
      const text = `姓名,身份证号码,联系电话\n${rows.join("\n")}\n`;
      const bytes = new Uint8Array(new TextEncoder().encode(text));
      const list = { bytes, source, label: "示例名单", unitCode: unit, actor: "x" } as const;
      files.lists.push((await receiveFile(deps, list, decidedColumns(deps, source))).id);
      return;
    }
    case "agree": {
      // Checked first, as the cron does it; agreed to, or taken back, and written out.
      const id = one(files.lists);
      let batch = id && (await findBatch(deps, id));
      if (!batch) return;
      batch = await stepBatch(deps, batch);
      await (hot && late ? withdrawBatch : confirmBatch)(deps, batch, acting);
      batch = await findBatch(deps, batch.id);
      if (batch) await stepBatch(deps, batch);
      return;
    }
    case "file": {
      const { id } = await fileRecord(deps, {
        ...{ form: exitPass, unitCode: unit, clientId: clientId(number), door: "unit", actor: "x" },
        values: { home: `示例小区 ${number % 7} 栋`, person: "示例", purpose: "other" },
      });
      files.records.push({ id, unit });
      return;
    }
    case "step": {
      const record = one(files.records);
      if (!record) return;
      await takeStep(deps, {
        ...{ form: exitPass, unitCode: record.unit, clientId: clientId(number), door: "unit", actor: "x" },
        ...{
          id: record.id,
          step: hot && late ? "withdrawn" : hot ? "back" : "out",
          values: { reason: "示例" },
        },
      });
      return;
    }
    case "hand": {
      const tip = one(files.tips);
      if (!tip) return;
      const last = await currentAssignment(deps.db, tip.id);
      const holder = last?.unitCode ?? tip.unit;
      const given = {
        tipId: tip.id,
        version: last?.version ?? 0,
        holder,
        unitCode: "511781101",
        officialId: null,
      };
      await saveAssignment(deps, given, acting);
      return;
    }
    case "open": {
      const name = `示例新校${number}`;
      const made = await addUnit(deps.db, { parent: "511781101", kind: "school", name }, acting);
      if (typeof made === "object") files.units.push({ code: made.code, name });
      return;
    }
    case "close": {
      const old = one(files.units);
      if (old) await closeUnit(deps.db, old.code, acting);
      return;
    }
    case "rename": {
      const old = one(files.units);
      const to = `示例改名${number}`;
      if (!old) return;
      const change = { code: old.code, from: old.name, to };
      if (await renameUnit(deps.db, change, { ...acting, sealed: "" })) old.name = to;
      return;
    }
    case "cron":
      await materialiseDailyReports(deps, now);
      await sweepOverdue(deps, now);
  }
}
