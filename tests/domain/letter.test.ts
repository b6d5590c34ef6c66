import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isLetterNumber,
  type KnownPerson,
  LETTER_ANSWERS,
  LETTER_ANSWERS_MOST,
  LETTER_ITEMS,
  type LetterItem,
  type LetterState,
  letterNumber,
  passOn,
  planAnswer,
  readLetterLink,
} from "../../src/domain/letter.ts";
import {
  type LetterPackage,
  openPackage,
  PACKAGE_LENGTH,
  PACKAGE_LIVES,
  signPackage,
} from "../../src/domain/letter-package.ts";
import { addressProblem } from "../../src/domain/target.ts";

const NOW = new Date("2026-01-27T10:00:00+08:00");
const TOKEN = "AbCdEfGhIjKlMnOpQrStUv";
const ORIGIN = "https://wanyuan.example";
const KNOWN: KnownPerson = {
  name: "巴希尔·示例",
  document: { kind: "passport", number: "E99999901" },
  day0: "2026-01-20",
  reading: { date: "2026-01-26", celsius: 36.8 },
  triage: { area: true, contact: false, symptoms: false },
};
const PACKAGE: LetterPackage = {
  format: "baobei-letter/1",
  number: "XH-0127-0031",
  from: "万源市太平镇（示例）",
  origin: ORIGIN,
  why: "请协助核实（示例）\n谢谢",
  nonce: "nonce-nonce-nonce-nonc",
  issuedAt: NOW.toISOString(),
  expiresAt: new Date(NOW.getTime() + PACKAGE_LIVES).toISOString(),
  dueAt: "2026-01-28T10:00:00.000Z",
  case: passOn([KNOWN], { phone: "13900000001", whereabouts: "示例县一组" }, LETTER_ITEMS),
};
const open = (signed: string, more: Partial<Parameters<typeof openPackage>[1]> = {}) =>
  openPackage(signed, { token: TOKEN, origin: ORIGIN, now: NOW, ...more });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "opened",
    (error: { problem?: { code: string; status: number } }) =>
      error.problem ? `${error.problem.status} ${error.problem.code}` : String(error),
  );
const REFUSED = "422 letter-package-refused";

describe("what Li passes on about Bashir", () => {
  it("is what was chosen and nothing else, whatever is chosen", () =>
    fc.assert(
      fc.property(fc.subarray([...LETTER_ITEMS]), (items: LetterItem[]) => {
        const said = JSON.stringify(passOn([KNOWN], { phone: "13900000001", whereabouts: "一组" }, items));
        const traces: [LetterItem, string][] = [
          ["name", "巴希尔"],
          ["document", "E99999901"],
          ["phone", "13900000001"],
          ["whereabouts", "一组"],
          ["day0", "2026-01-20"],
          ["reading", "36.8"],
          ["triage", "area"],
        ];
        for (const [item, trace] of traces)
          expect([item, said.includes(trace)]).toEqual([item, items.includes(item)]);
      }),
    ));

  it("leaves out what nobody knows", () => {
    const { document: _, day0: __, reading: ___, ...little } = KNOWN;
    expect(passOn([little], {}, LETTER_ITEMS)).toEqual({
      persons: [{ name: KNOWN.name, triage: KNOWN.triage }],
    });
  });
});

describe("the answers of the other county", () => {
  const NONE: LetterState = { receivedAt: null, answeredAt: null, withdrawnAt: null };
  const moved = (state: LetterState, plan: ReturnType<typeof planAnswer>): LetterState => ({
    ...state,
    receivedAt: plan.receivedAt,
    answeredAt: plan.answeredAt,
  });

  it("tell the unit once that it was received, and do not yet settle what is owed", () => {
    const first = planAnswer(NONE, 0, "received", NOW);
    expect(first).toEqual({ version: 1, tells: true, meets: false, receivedAt: NOW, answeredAt: null });
    expect(planAnswer(moved(NONE, first), 1, "received", NOW)).toMatchObject({ tells: false, meets: false });
  });

  it("settle it with the first that says what was found, also without a word before", () => {
    expect(planAnswer(NONE, 0, "not_found", NOW)).toMatchObject({
      tells: true,
      meets: true,
      answeredAt: NOW,
    });
  });

  it("in whatever order they come: met once, told of each finding, moments never moved, versions without a gap", () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LETTER_ANSWERS), { maxLength: 12 }), (kinds) => {
        let state = NONE;
        let met = 0;
        for (const [at, kind] of kinds.entries()) {
          const now = new Date(NOW.getTime() + at * 60_000);
          const plan = planAnswer(state, at, kind, now);
          expect(plan.version).toBe(at + 1);
          expect(plan.tells).toBe(kind !== "received" || at === 0);
          if (plan.meets) met += 1;
          state = moved(state, plan);
        }
        const first = kinds.findIndex((kind) => kind !== "received");
        expect(met).toBe(first < 0 ? 0 : 1);
        expect(state.receivedAt?.getTime()).toBe(kinds.length > 0 ? NOW.getTime() : undefined);
        expect(state.answeredAt?.getTime()).toBe(first < 0 ? undefined : NOW.getTime() + first * 60_000);
      }),
    ));

  it("are not taken for a letter that was withdrawn, nor without end", () => {
    const caught = (work: () => unknown) => codeOf((async () => work())());
    return Promise.all([
      expect(caught(() => planAnswer({ ...NONE, withdrawnAt: NOW }, 0, "found", NOW))).resolves.toBe(
        "409 letter-withdrawn",
      ),
      expect(caught(() => planAnswer(NONE, LETTER_ANSWERS_MOST, "found", NOW))).resolves.toBe(
        "409 letter-full",
      ),
    ]);
  });
});

describe("a package on its way between two counties", () => {
  it("arrives as it was signed", async () => {
    expect(await open(await signPackage(PACKAGE, TOKEN))).toEqual(PACKAGE);
  });

  it("is refused with any byte altered", async () => {
    const bytes = new TextEncoder().encode(await signPackage(PACKAGE, TOKEN));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const altered = bytes.slice();
          altered[at] = (altered[at] ?? 0) ^ flip;
          expect(await codeOf(open(new TextDecoder().decode(altered)))).toBe(REFUSED);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is refused when Mallory, who does not know the link, made it", async () => {
    expect(await codeOf(open(await signPackage(PACKAGE, "MalloryMalloryMallory1")))).toBe(REFUSED);
  });

  it("is refused when it is served by another service than the one that wrote it", async () => {
    const signed = await signPackage(PACKAGE, TOKEN);
    expect(await codeOf(open(signed, { origin: "https://mallory.example" }))).toBe(REFUSED);
  });

  it.each([
    ["cut short", (text: string) => text.slice(0, -1)],
    ["with something behind it", (text: string) => `${text} `],
    ["spelled otherwise", (text: string) => JSON.stringify(JSON.parse(text), null, 1)],
    ["with a further key", (text: string) => text.replace("{", '{"more":1,')],
    ["empty", () => ""],
    ["no object", () => "[]"],
    ["too long", (text: string) => text + " ".repeat(PACKAGE_LENGTH)],
  ])("is refused %s", async (_, spoil) => {
    expect(await codeOf(open(spoil(await signPackage(PACKAGE, TOKEN))))).toBe(REFUSED);
  });

  it.each<[string, Partial<Record<keyof LetterPackage, unknown>>]>([
    ["nobody in it", { case: { persons: [] } }],
    ["too many in it", { case: { persons: Array(21).fill({}) } }],
    ["a number that is none", { number: "DB-0127-0031" }],
    ["a day that is none", { case: { persons: [{ day0: "2026-02-30" }] } }],
    ["a temperature nobody has", { case: { persons: [{ reading: { date: "2026-01-26", celsius: 98 } }] } }],
    ["more than it should hold", { secret: "x" } as never],
    ["characters that cannot be shown", { why: "a\u0000b" }],
    ["a moment from tomorrow", { issuedAt: "2026-01-28T10:00:00.000Z" }],
  ])("is refused with %s, though the signature holds", async (_, wrong) => {
    const signed = await signPackage({ ...PACKAGE, ...wrong } as LetterPackage, TOKEN);
    expect(await codeOf(open(signed))).toBe(REFUSED);
  });

  it("is too old to be accepted half an hour after it was fetched, to the moment", async () => {
    const signed = await signPackage(PACKAGE, TOKEN);
    const ends = NOW.getTime() + PACKAGE_LIVES;
    expect(await codeOf(open(signed, { now: new Date(ends - 1) }))).toBe("opened");
    expect(await codeOf(open(signed, { now: new Date(ends) }))).toBe("410 letter-package-expired");
  });
});

describe("a link that was pasted", () => {
  it.each([
    [`${ORIGIN}/l/${TOKEN}`, ORIGIN],
    [`${ORIGIN}/l/${TOKEN}?lang=en`, ORIGIN],
    [`协查函 XH-0127-0031\n${ORIGIN}/l/${TOKEN}\n谢谢`, ORIGIN],
    [`http://127.0.0.1:8788/l/${TOKEN}`, "http://127.0.0.1:8788"],
    [`请打开（${ORIGIN}/l/${TOKEN}），尽快答复。`, ORIGIN],
    [`请打开${ORIGIN}/l/${TOKEN}。`, ORIGIN],
  ])("is found in %s", (text, origin) => expect(readLetterLink(text)).toEqual({ origin, token: TOKEN }));

  it.each([
    "",
    "XH-0127-0031",
    `${ORIGIN}/u/${TOKEN}`,
    `${ORIGIN}/l/${TOKEN}x`,
    `${ORIGIN}/l/${TOKEN}/carry`,
    `https://a:b@wanyuan.example/l/${TOKEN}`,
    `ftp://wanyuan.example/l/${TOKEN}`,
    `${ORIGIN}/${"x".repeat(600)}/l/${TOKEN}`,
  ])("is none: %s", (text) => expect(readLetterLink(text)).toBeUndefined());

  it.each([
    ["https://wanyuan.example.gov.cn", undefined],
    ["http://wanyuan.example.gov.cn", "not-https"],
    ["https://127.0.0.1:8788", "private"],
    ["https://169.254.169.254", "private"],
    ["https://[::1]", "private"],
    ["https://0x7f.1", "private"],
    ["https://intranet", "private"],
  ])("leads where a Worker may ask: %s", (url, why) =>
    expect(addressProblem(url, { allowPrivate: false })).toBe(why),
  );

  it("leads to loopback where the setting allows it", () =>
    expect(addressProblem("http://127.0.0.1:8788", { allowPrivate: true })).toBeUndefined());
});

it("numbers letters by the day they were written", () => {
  expect(letterNumber("2026-01-27", "0031")).toBe("XH-0127-0031");
  expect(["XH-0127-0031", "XH-0127-003", "xh-0127-0031", "XH-0127-0031/1"].map(isLetterNumber)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
