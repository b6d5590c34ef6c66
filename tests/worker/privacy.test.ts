import { beforeAll, describe, expect, it } from "vitest";
import { addContact } from "../../src/db/contact.ts";
import { base64url, createPrivacy, hashToken, type Privacy, unbase64url } from "../../src/db/privacy.ts";
import { runBatch } from "../../src/db/store.ts";
import {
  addToTip,
  submitRegistration,
  submitTip,
  verifyHousehold,
  verifyTip,
} from "../../src/http/submit.ts";
import { amina, bashir, chen, clientId, dawa, household, wuTip } from "../support/cast.ts";
import { openCounty, seedUnits, TEST_SECRET } from "../support/worker.ts";

const OTHER_SECRET = "YW5vdGhlci10ZXN0LW9ubHktc2VjcmV0LTAwMDAwMDAwMDA";
let privacy: Privacy;
beforeAll(async () => {
  privacy = await createPrivacy(TEST_SECRET);
});

describe("what is sealed", () => {
  it("opens for its own row and column and for no other", async () => {
    const sealed = await privacy.seal({ name: "阿米娜·示例" }, "WY-1", "person");
    expect(await privacy.open(sealed, "WY-1", "person")).toEqual({ name: "阿米娜·示例" });
    await expect(privacy.open(sealed, "WY-2", "person")).rejects.toThrow();
    await expect(privacy.open(sealed, "WY-1", "household")).rejects.toThrow();
  });

  it("is another text each time, and shows nothing of what it holds", async () => {
    const [one, two] = [
      await privacy.seal("13900000001", "a", "b"),
      await privacy.seal("13900000001", "a", "b"),
    ];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^[\w-]{6}\.[\w-]{16}\.[\w-]+$/);
    expect(one).not.toContain(base64url(new TextEncoder().encode("13900000001")).slice(0, 12));
  });

  it("does not open once a bit of it was changed", async () => {
    const sealed = await privacy.seal("示例", "a", "b");
    const [id = "", nonce = "", body = ""] = sealed.split(".");
    const bent = unbase64url(body);
    bent[0] = (bent[0] ?? 0) ^ 1;
    await expect(privacy.open(`${id}.${nonce}.${base64url(bent)}`, "a", "b")).rejects.toThrow();
    await expect(privacy.open(`${id}.${nonce}.`, "a", "b")).rejects.toThrow();
    await expect(privacy.open("", "a", "b")).rejects.toThrow("sealed under an unknown key");
  });

  it("opens after the secret was changed, as long as the old one is at hand", async () => {
    const sealed = await privacy.seal("示例", "a", "b");
    const rotated = await createPrivacy(OTHER_SECRET, TEST_SECRET);
    expect(await rotated.open(sealed, "a", "b")).toBe("示例");
    const forgotten = await createPrivacy(OTHER_SECRET);
    await expect(forgotten.open(sealed, "a", "b")).rejects.toThrow("sealed under an unknown key");
    await expect(privacy.open(await rotated.seal("x", "a", "b"), "a", "b")).rejects.toThrow("unknown key");
  });
});

describe("what is matched or derived", () => {
  it("is the same for the same value and purpose, and for nothing else", async () => {
    const one = await privacy.index("phone", "13900000001");
    expect(one).toMatch(/^[\w-]{22}$/);
    expect(await privacy.index("phone", "13900000001")).toBe(one);
    expect(await privacy.index("phone", "13900000002")).not.toBe(one);
    expect(await privacy.index("document", "13900000001")).not.toBe(one);
    expect(await privacy.derive("phone", "13900000001")).not.toBe(one);
    expect(await (await createPrivacy(OTHER_SECRET)).index("phone", "13900000001")).not.toBe(one);
  });

  it("keeps purpose and value apart where they meet", async () => {
    expect(await privacy.index("a", "bc")).not.toBe(await privacy.index("ab", "c"));
  });

  it("is 128 bits that need the secret", async () => {
    const token = await privacy.derive("link/unit", "nonce");
    expect(unbase64url(token)).toHaveLength(16);
    expect(await (await createPrivacy(OTHER_SECRET)).derive("link/unit", "nonce")).not.toBe(token);
    expect(await hashToken(token)).toMatch(/^[\w-]{43}$/);
    expect(await hashToken(token)).not.toContain(token);
  });
});

describe("a dump of the database", () => {
  it("holds nothing of what the family, the tipster and the officials typed, in no spelling", async () => {
    const county = await openCounty();
    await seedUnits(county);
    const { deps } = county;
    const { statement } = await addContact(deps, {
      ...{ id: "c-1", unitCode: "511781", role: "head", lang: "zh-Hans", recordedAt: deps.now() },
      ...{ name: "周县长·示例", email: "Zhou.Chief@sample.test", phone: "13900000009" },
    });
    await runBatch(deps.db, [statement]);

    const family = household([amina(), bashir(), chen(), dawa()]);
    const neighbour = household([bashir({ name: "白小样本" })], {
      ...{ hasPhone: false, phone: undefined, contactName: "吴网格·示例", contactPhone: "08189999999" },
      ...{ address: "示例二组 34 号", filledBy: "grid_worker", source: "door_check" },
    });
    const receipt = await submitRegistration(deps, {
      ...{ clientId: clientId(1), values: family, door: "page", unitCode: family.unit },
    });
    await submitRegistration(deps, {
      ...{ clientId: clientId(2), values: neighbour, door: "api", unitCode: neighbour.unit },
    });
    const tip = await submitTip(deps, { clientId: clientId(3), values: wuTip(), door: "page" });
    const added = "今早又看到一次（示例补充）";
    await addToTip(deps, { clientId: clientId(4), code: tip.code, text: added });
    const official = { unitCode: "511781", actor: "hash-of-a-link" };
    const [note, answer] = ["本人在家，体温正常（示例备注）", "已核实，谢谢（示例答复）"];
    await verifyHousehold(deps, { ...official, id: receipt.caseNumber, outcome: "found", note });
    await verifyTip(deps, { ...official, id: tip.tipNumber, outcome: "true", answer, note });

    const typed = [
      ...[family, neighbour].flatMap((home) => [
        ...[home.address, home.note, home.transportNumber, home.originPlace, home.phone],
        ...[home.contactName, home.contactPhone],
        ...home.persons.flatMap((person) => [person.name, person.document?.number]),
      ]),
      ...[wuTip().place, wuTip().text, wuTip().about, wuTip().reachable, added, note, answer],
      ...["周县长·示例", "Zhou.Chief@sample.test", "zhou.chief@sample.test", "13900000009"],
      ...[receipt.token, tip.code, clientId(1), clientId(2), clientId(3), clientId(4)],
    ].filter((text) => text !== undefined);
    expect(typed.length).toBeGreaterThan(35);

    const dump = await dumpOf(deps.d1);
    expect(dump).toContain(receipt.caseNumber);
    expect(dump).toContain(tip.tipNumber);
    for (const text of typed) {
      for (const spelling of spellingsOf(text))
        expect(dump.includes(spelling), `${text} as ${spelling}`).toBe(false);
    }
  });

  it("would be caught by that search if it did", async () => {
    const county = await openCounty();
    await seedUnits(county);
    const { d1 } = county.deps;
    await d1
      .prepare("INSERT INTO heartbeat (job, at, detail) VALUES ('x', 0, ?)")
      .bind(btoa("x13900000001y"))
      .run();
    const dump = await dumpOf(d1);
    expect(spellingsOf("13900000001").some((spelling) => dump.includes(spelling))).toBe(true);
    expect(spellingsOf("示例一社区").some((spelling) => dump.includes(spelling))).toBe(true);
  });
});

/** Every row of every table, as text. */
async function dumpOf(d1: D1Database): Promise<string> {
  const { results: tables } = await d1
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
    .all<{ name: string }>();
  expect(tables.length).toBeGreaterThan(15);
  const parts = await Promise.all(
    tables.map(async ({ name }) =>
      JSON.stringify((await d1.prepare(`SELECT * FROM "${name}"`).all()).results),
    ),
  );
  return parts.join("\n");
}

/** A text as it is, in hex, and the part of its base64 that does not depend on what stands around it. */
function spellingsOf(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const within = [0, 1, 2].map((offset) => {
    const shifted = new Uint8Array(offset + bytes.length);
    shifted.set(bytes, offset);
    const start = offset === 0 ? 0 : offset + 1;
    const whole = base64url(shifted);
    return whole.slice(start, whole.length - 1 - ((offset + bytes.length) % 3 === 0 ? 0 : 1));
  });
  const standard = within.map((part) => part.replace(/-/g, "+").replace(/_/g, "/"));
  const percent = encodeURIComponent(text);
  const escaped = JSON.stringify(text).slice(1, -1);
  return [...new Set([text, escaped, percent, hex, hex.toUpperCase(), ...within, ...standard])];
}
