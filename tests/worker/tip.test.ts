import { beforeEach, describe, expect, it } from "vitest";
import { openDb } from "../../src/db/store.ts";
import { deriveDigits } from "../../src/db/submission.ts";
import { codeIndex, findTipByCode, listOpenTips } from "../../src/db/tip.ts";
import {
  checkCaseNumber,
  checkReceiptCode,
  formatReceiptCode,
  makeCaseNumber,
} from "../../src/domain/identity.ts";
import { TIP_MESSAGES, type TipValues } from "../../src/domain/tip.ts";
import { addToTip, submitTip, verifyTip } from "../../src/http/submit.ts";
import { clientId, wuTip } from "../support/cast.ts";
import { zero } from "../support/meter.ts";
import { problemFrom, rowsOf } from "../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

const send = (values: TipValues = wuTip(), client = 1) =>
  submitTip(county.deps, { clientId: clientId(client), values, door: "page", lang: "en" });
const add = (code: string, text: string, client: number) =>
  addToTip(county.deps, { clientId: clientId(client), code, text, lang: "en" });
const verify = (id: string, more: Partial<Parameters<typeof verifyTip>[1]> = {}) =>
  verifyTip(county.deps, {
    ...{ id, unitCode: "511781100001", actor: "link-hash", outcome: "true", lang: "en" },
    ...{ answer: "已上门核实，谢谢您（示例）" },
    ...more,
  });
describe("Wu leaves a tip", () => {
  it("in one batch that reads at most 6 rows and writes at most 9", async () => {
    zero(county.meter);
    await send();
    expect(county.meter).toMatchObject({ batches: 1, queries: 3 });
    expect(county.meter.read).toBeLessThanOrEqual(6);
    expect(county.meter.written).toBeLessThanOrEqual(9);
  });

  it("and gets a number, a code of sixteen digits that checks, and a promise of two hours", async () => {
    const receipt = await send();
    expect(checkCaseNumber(receipt.tipNumber)).toBe(receipt.tipNumber);
    expect(receipt.tipNumber).toMatch(/^T-\d{4}-\d{4}$/);
    expect(checkReceiptCode(receipt.code)).toBe(receipt.code);
    expect(receipt).toMatchObject({
      unitCode: "511781100001",
      recordedAt: new Date("2026-01-25T10:00:00+08:00"),
      verifyDueAt: new Date("2026-01-25T12:00:00+08:00"),
    });
    expect(await rowsOf(county, "obligation")).toEqual([
      expect.objectContaining({ id: `tip/${receipt.tipNumber}`, unit_code: "511781100001" }),
    ]);
    expect(await listOpenTips(county.deps, "511781100", 10)).toEqual([
      expect.objectContaining({
        id: receipt.tipNumber,
        details: expect.objectContaining({ text: wuTip().text }),
      }),
    ]);
    for (const elsewhere of ["511781101", ""])
      expect(await listOpenTips(county.deps, elsewhere, 10)).toEqual([]);
  });

  it("about the whole county when nobody knows where", async () => {
    expect((await send(wuTip({ unit: "511781" }))).unitCode).toBe("511781");
    expect(await listOpenTips(county.deps, "511781", 10)).toHaveLength(1);
  });

  it("but not about a unit that does not exist", async () => {
    expect(await problemFrom(send(wuTip({ unit: "999999" })))).toMatchObject({
      status: 422,
      errors: [{ path: "unit", code: "unit-not-found", message: "There is no such unit. Choose another." }],
    });
    expect(await rowsOf(county, "submission")).toEqual([]);
  });

  it("and the same again is answered alike, three hundred times at once too", async () => {
    const first = await send();
    county.setNow("2026-01-25T11:00:00+08:00");
    const again = await Promise.all(Array.from({ length: 300 }, () => send()));
    for (const receipt of again) expect(receipt).toEqual(first);
    expect(await rowsOf(county, "tip")).toHaveLength(1);
    expect(await rowsOf(county, "obligation")).toHaveLength(1);
  }, 60_000);

  it("and other words under one client id are refused", async () => {
    await send();
    expect(await problemFrom(send(wuTip({ text: "别的内容（示例）" })))).toMatchObject({
      code: "content-differs",
      status: 409,
    });
  });

  it("and another number is drawn when one is taken, with the code that belongs to it", async () => {
    const seven = await deriveDigits(county.deps.privacy, "tip-number", `${clientId(1)}/0`, 7);
    await county.deps.d1
      .prepare(
        `INSERT INTO tip (id, code_hash, unit_code, category, sealed, recorded_at, verify_due_at)
         VALUES (?, 'x', '511781', 'other', 'x', 0, 0)`,
      )
      .bind(makeCaseNumber("T", seven))
      .run();
    const receipt = await send();
    expect(receipt.tipNumber).not.toBe(makeCaseNumber("T", seven));
    expect(await send()).toEqual(receipt);
    expect((await findTipByCode(county.deps, receipt.code)).id).toBe(receipt.tipNumber);
  });
});

describe("the receipt code", () => {
  it("is stored as a keyed hash alone", async () => {
    const { code } = await send();
    const [row] = await rowsOf(county, "tip");
    expect(row?.code_hash).toBe(await codeIndex(county.deps, code));
    expect(JSON.stringify(row)).not.toContain(code);
  });

  it("is read with spaces, dashes and full-width digits", async () => {
    const { code, tipNumber } = await send();
    const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("");
    for (const typed of [formatReceiptCode(code), code.replace(/\d{4}(?=\d)/g, "$&-"), wide, ` ${code}\n`]) {
      expect((await findTipByCode(county.deps, typed)).id).toBe(tipNumber);
    }
  });

  it("with one digit wrong is refused without asking the database, in the reader's language", async () => {
    const { code } = await send();
    const wrong = `${code.slice(0, 7)}${(Number(code[7]) + 1) % 10}${code.slice(8)}`;
    zero(county.meter);
    for (const typed of [wrong, code.slice(1), `${code}0`, "", "' OR 1=1 --", "x".repeat(10_000)]) {
      expect(await problemFrom(findTipByCode(county.deps, typed, "en"))).toMatchObject({
        status: 422,
        errors: [{ path: "code", message: "The code is not right: it has 16 digits. Check each of them." }],
      });
    }
    expect(county.meter.queries).toBe(0);
  });

  it("of nobody reveals nothing", async () => {
    await send();
    expect(await problemFrom(findTipByCode(county.deps, "0000000000000000"))).toMatchObject({
      code: "code-unknown",
      status: 404,
      title: { "zh-Hans": "没有查到，请核对查询码后再试" },
    });
  });

  it("shows the sender the state and the promise, and not the tip itself", async () => {
    const { code, tipNumber } = await send();
    const status = await findTipByCode(county.deps, code);
    expect(status).toEqual({
      id: tipNumber,
      unitCode: "511781100001",
      holder: "511781100001",
      category: "unregistered",
      recordedAt: new Date("2026-01-25T10:00:00+08:00"),
      verifyDueAt: new Date("2026-01-25T12:00:00+08:00"),
      verifiedAt: null,
      outcome: null,
      messages: [],
    });
  });
});

describe("Wu adds to the tip", () => {
  it("once, however often the message is sent", async () => {
    const { code } = await send();
    county.setNow("2026-01-25T10:30:00+08:00");
    await Promise.all(Array.from({ length: 20 }, () => add(code, "今早又看到一次（示例）", 2)));
    expect((await findTipByCode(county.deps, code)).messages).toEqual([
      {
        id: expect.any(String),
        author: "sender",
        text: "今早又看到一次（示例）",
        recordedAt: new Date("2026-01-25T10:30:00+08:00"),
      },
    ]);
    expect(await problemFrom(add(code, "另一句（示例）", 2))).toMatchObject({ code: "content-differs" });
  });

  it("fifty times and no more, even in a crowd; what was stored may be sent again", async () => {
    const { code } = await send();
    const answers = await Promise.allSettled(
      Array.from({ length: TIP_MESSAGES + 10 }, (_, at) => add(code, `第 ${at} 句（示例）`, 100 + at)),
    );
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused).toHaveLength(10);
    for (const answer of refused) expect(answer.reason).toMatchObject({ problem: { code: "tip-full" } });
    expect((await findTipByCode(county.deps, code)).messages).toHaveLength(TIP_MESSAGES);
    const kept = answers.findIndex((answer) => answer.status === "fulfilled");
    await add(code, `第 ${kept} 句（示例）`, 100 + kept);
    expect(await rowsOf(county, "tip_message")).toHaveLength(TIP_MESSAGES);
    expect(await rowsOf(county, "submission")).toHaveLength(1 + TIP_MESSAGES);
  }, 60_000);

  it("but nothing empty, endless or broken, and nothing without the code", async () => {
    const { code } = await send();
    for (const [text, wrong] of [
      [" ", "required"],
      ["长".repeat(2001), "too-long"],
      ["a\u0000", "characters"],
    ] as const) {
      expect(await problemFrom(add(code, text, 3))).toMatchObject({
        status: 422,
        errors: [{ path: "text", code: wrong }],
      });
    }
    expect(await problemFrom(add("0000000000000000", "示例", 3))).toMatchObject({ code: "code-unknown" });
    expect(await rowsOf(county, "tip_message")).toEqual([]);
  });
});

describe("Li settles the tip", () => {
  it("and the sender reads the answer, the obligation is met and the history has a line", async () => {
    const { code, tipNumber } = await send();
    county.setNow("2026-01-25T11:15:00+08:00");
    zero(county.meter);
    await verify(tipNumber, { unitCode: "511781100", note: "三楼已登记（示例）" });
    expect(county.meter.batches).toBe(1);
    const at = new Date("2026-01-25T11:15:00+08:00");
    expect(await findTipByCode(county.deps, code)).toMatchObject({
      verifiedAt: at,
      outcome: "true",
      answer: "已上门核实，谢谢您（示例）",
    });
    expect((await rowsOf(county, "obligation"))[0]).toMatchObject({
      met_at: at.getTime(),
      met_recorded_at: at.getTime(),
      next_due_at: null,
    });
    expect(await rowsOf(county, "audit")).toEqual([
      expect.objectContaining({ actor: "link-hash", act: "verify-tip/true", subject_id: tipNumber }),
    ]);
    expect(await listOpenTips(county.deps, "511781", 10)).toEqual([]);
    expect(JSON.stringify(await rowsOf(county, "tip"))).not.toContain("示例");
  });

  it("once: the second answer is refused and the first stands", async () => {
    const { code, tipNumber } = await send();
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => verify(tipNumber, { answer: `回复 ${at}（示例）` })),
    );
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect(await rowsOf(county, "audit")).toHaveLength(1);
    const { answer } = await findTipByCode(county.deps, code);
    expect(await problemFrom(verify(tipNumber))).toMatchObject({ code: "already-settled" });
    expect((await findTipByCode(county.deps, code)).answer).toBe(answer);
  });

  it("but not a tip of another town, and not without an answer", async () => {
    const { tipNumber } = await send();
    expect(await problemFrom(verify(tipNumber, { unitCode: "511781101" }))).toMatchObject({
      code: "case-not-found",
    });
    expect(await problemFrom(verify(tipNumber, { answer: "  " }))).toMatchObject({
      errors: [{ path: "answer", code: "required" }],
    });
    expect((await rowsOf(county, "obligation"))[0]?.met_at).toBeNull();
  });

  it("and when the database fails half-way nothing is half-written", async () => {
    const { code, tipNumber } = await send();
    await county.deps.d1
      .prepare("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
      .run();
    await expect(verify(tipNumber, { note: "三楼（示例）" })).rejects.toThrow(/^the database failed: \w+$/);
    expect((await findTipByCode(county.deps, code)).verifiedAt).toBeNull();
    expect((await rowsOf(county, "obligation"))[0]?.met_at).toBeNull();
    await county.deps.d1.prepare("DROP TRIGGER broken").run();
    await verify(tipNumber);
    expect(await rowsOf(county, "audit")).toHaveLength(1);
  });
});

it("a tip whose database is away leaves no word in the error", async () => {
  const d1 = {
    ...county.deps.d1,
    batch: async () => {
      throw new Error(`D1_ERROR: lost ${wuTip().text}`);
    },
  } as unknown as D1Database;
  const deps = { ...county.deps, d1, db: openDb(d1) };
  const request = { clientId: clientId(1), values: wuTip(), door: "page" } as const;
  const error = (await submitTip(deps, request).catch((thrown: unknown) => thrown)) as Error;
  expect(error.name).toBe("DatabaseFault");
  expect(`${error.message}${error.stack}${error.cause}`).not.toContain("示例");
  expect(await rowsOf(county, "tip")).toEqual([]);
});
