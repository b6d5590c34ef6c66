import { describe, expect, it } from "vitest";
import { mendCell } from "../../src/domain/listed.ts";
import { type Cell, SHEET_LIMITS } from "../../src/domain/sheet.ts";
import { readSheet } from "../../src/sheet/read.ts";
import { csv, encode, endless, HEADS, longList, parts, xlsx, zip } from "../support/sheet.ts";

/* That the runtime has what reading a list takes: its decoders, saxes and fflate. Everything else is told in tests/domain. */
describe("a bureau's list inside the Worker", () => {
  it("is read in every encoding, 10,000 rows of it, the spoiled ones named", async () => {
    const rows = longList(10_000) as string[][];
    for (const encoding of ["utf-8", "gb18030", "utf-16le", "utf-16be"] as const) {
      const sheet = await readSheet(encode(csv([HEADS, ...rows]), encoding));
      const spoiled = sheet.rows.filter(({ cells }) => mendCell(cells[1] as Cell, "id").state === "spoiled");
      expect([sheet.encoding, sheet.rows.length, spoiled.length]).toEqual([encoding, 10_000, 500]);
      expect(sheet.rows[9_999]?.cells[0]?.text).toBe("示例10000");
    }
  });

  it("pasted together from two encodings is read row by row, after any number of rows that are neither", async () => {
    const line = (n: number) => `示例${n}号,x,y\n`;
    const pieces = [encode("姓名,电话,备注\n", "gb18030")];
    for (let n = 0; n < 300; n += 1)
      pieces.push(
        n % 3 === 2 ? Uint8Array.of(0x81, 0x0a) : encode(line(n), n % 3 === 0 ? "gb18030" : "utf-8"),
      );
    const sheet = await readSheet(new Blob(pieces).stream());
    const names = sheet.rows.map(({ cells }) => cells[0]?.text);
    expect(names.filter((name) => name?.startsWith("示例"))).toHaveLength(200);
    expect(sheet.faults.filter(({ code }) => code === "unreadable")).toHaveLength(100);
    expect(sheet.faults.filter(({ code }) => code === "encoding-mixed").length).toBeGreaterThanOrEqual(100);
  });

  it("is read as XLSX from a stream, and refused where it unpacks to too much or never ends", async () => {
    const spoil = (id: string) => Number(`${id.slice(0, 17)}0`);
    const file = xlsx([HEADS, ...longList(10_000, spoil)], { shared: true });
    const sheet = await readSheet(new Blob([file]).stream(), { length: file.length });
    const spoiled = sheet.rows.filter(({ cells }) => mendCell(cells[1] as Cell, "id").state === "spoiled");
    expect([sheet.rows.length, spoiled.length]).toEqual([10_000, 500]);

    const bomb = zip({ ...parts([{}]), "xl/worksheets/sheet1.xml": `<a>${"<b/>".repeat(2_000_000)}` });
    await expect(readSheet(bomb)).rejects.toMatchObject({ problem: { status: 413 } });
    const long = endless(50 * 1024 * 1024);
    await expect(readSheet(long.stream)).rejects.toMatchObject({ problem: { code: "sheet-too-large" } });
    expect(long.taken()).toBeLessThanOrEqual(SHEET_LIMITS.bytes + 2 * 65_536);
    await expect(readSheet(file.slice(0, 3000))).rejects.toMatchObject({
      problem: { code: "sheet-damaged" },
    });
  });
});
