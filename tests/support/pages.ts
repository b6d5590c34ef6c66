import { mintLink } from "../../src/db/link.ts";
import { runBatch } from "../../src/db/store.ts";
import type { TestCounty } from "./worker.ts";

/** A poster at the gate of the first village: its link's token. */
export async function seedPoster({ deps }: TestCounty, nonce = "poster-1"): Promise<string> {
  const recordedAt = new Date("2026-01-21T00:00:00+08:00");
  await deps.d1
    .prepare("INSERT INTO posting_point (id, unit_code, name, recorded_at) VALUES (?, ?, ?, ?)")
    .bind("P-0031", "511781100001", "北门岗亭", recordedAt.getTime())
    .run();
  const unitCode = "511781100001";
  const link = await mintLink(deps, { purpose: "poster", unitCode, subjectId: "P-0031", nonce, recordedAt });
  await runBatch(deps.db, [link.statement]);
  return link.token;
}

/** A form as a browser posts it. */
export const posted = (
  entries: readonly (readonly [string, string])[],
  headers: Record<string, string> = {},
) => ({
  method: "POST",
  redirect: "manual" as const,
  headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
  body: new URLSearchParams(entries.map(([name, value]) => [name, value])).toString(),
});

/** The value of an input on a page, by its name. */
export const inputValue = (html: string, name: string): string | undefined =>
  new RegExp(`<input[^>]*name="${name.replace(/[.]/g, "\\.")}"[^>]*value="([^"]*)"`).exec(html)?.[1];

/** Amina's household of three as its answers are typed: Amina, Bashir and Chen. */
export const THREE: [string, string][] = [
  ["filledBy", "self"],
  ["origin", "hubei"],
  ["leftOn", "2026-01-24"],
  ["transitWuhan", "yes"],
  ["arrivedAt.date", "2026-01-25"],
  ["arrivedAt.time", "08:30"],
  ["transport", "train"],
  ["transportNumber", "G9999"],
  ...["阿米娜·示例", "巴希尔·示例", "陈小示例"].flatMap((name, at): [string, string][] => [
    [`persons.${at}.name`, name],
    [`persons.${at}.returnee`, at === 0 ? "yes" : "no"],
    [`persons.${at}.document.kind`, ""],
    [`persons.${at}.document.number`, ""],
    [`persons.${at}.area`, "yes"],
    [`persons.${at}.contact`, "no"],
    [`persons.${at}.symptoms`, "no"],
    [`persons.${at}.temperature`, at === 2 ? "36.6" : ""],
  ]),
  ["address", "示例一组 12 号"],
  ["hasPhone", "yes"],
  ["phone", "13900000001"],
  ["note", ""],
];
export const CLIENT = "7e57c11e-0000-4000-8000-000000000001";

/** The words of a page, without its tags. */
export const plainText = (html: string): string => html.replace(/<[^>]+>/g, "").replace(/\s+/g, " ");
