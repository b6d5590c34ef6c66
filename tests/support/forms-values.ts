import fc from "fast-check";
import { idCardCheck } from "../../src/domain/identity.ts";
import { addDays, localClock, localDate, MINUTE } from "../../src/domain/time.ts";
import type { Field } from "../../src/forms/define.ts";
import type { Answer } from "../../src/forms/rules.ts";

/*
 * One answer of each type: drawn with the value that it must become, or broken so that it must be refused.
 */
export type Draw = <T, A extends unknown[]>(arbitrary: (...args: A) => fc.Arbitrary<T>, ...args: A) => T;
export type Drawn = { value: Answer; spelled: unknown };
type Context = { now: Date; zone: string; unit: string };

/** One of several, drawn by its place: the drawing tool compares what it is handed, and some of these are long. */
export const pick = <T>(draw: Draw, ...list: T[]): T => list[draw(fc.nat, { max: list.length - 1 })] as T;

/** A valid answer and one of its spellings. */
export function drawField(draw: Draw, field: Field, ctx: Context): Drawn {
  switch (field.type) {
    case "text":
      return drawText(draw, field.maxLength ?? 200, LETTERS);
    case "long_text":
      return drawText(draw, field.maxLength ?? 2000, [...LETTERS, "\n"]);
    case "integer":
      return drawNumber(draw, draw(fc.integer, { min: field.min ?? -1e6, max: field.max ?? 1e6 }));
    case "decimal": {
      const [min, max] = [field.min ?? -1000, field.max ?? 1000];
      return drawNumber(draw, draw(fc.integer, { min: Math.ceil(min * 4), max: Math.floor(max * 4) }) / 4);
    }
    case "temperature": {
      const value = draw(fc.integer, { min: 340, max: 430 }) / 10;
      const suffix = pick(draw, "", "℃", " °C", "度");
      return suffix ? { value, spelled: value + suffix } : drawNumber(draw, value);
    }
    case "date": {
      const value = addDays(localDate(ctx.now, ctx.zone), -draw(fc.nat, { max: 365 }));
      const [year, month, day] = value.split("-").map(Number);
      const ways = [value, wide(value), `${year}年${month}月${day}日`, `${year}/${month}/${day}`];
      return { value, spelled: pick(draw, ...ways, value.replaceAll("-", "")) };
    }
    case "datetime": {
      const minutes = Math.floor(ctx.now.getTime() / MINUTE) - draw(fc.nat, { max: 365 * 24 * 60 });
      const at = new Date(minutes * MINUTE);
      const [date, time] = [localDate(at, ctx.zone), localClock(at, ctx.zone)];
      const ways = [at.toISOString(), `${date}T${time}`, `${date} ${wide(time)}`, `${date}T${time}+08:00`];
      return { value: at.toISOString(), spelled: pick<unknown>(draw, ...ways, { date, time }) };
    }
    case "yes_no": {
      const value = draw(fc.boolean);
      return { value, spelled: pick(draw, ...(value ? YES : NO)) };
    }
    case "select_one":
      return same(pick(draw, ...field.choices.map(({ name }) => name)));
    case "select_multiple": {
      const names = field.choices.map(({ name }) => name);
      const value = draw(fc.subarray, names, { minLength: 1 });
      return { value, spelled: value.length === 1 ? value[0] : [...value].reverse() };
    }
    case "phone":
      return drawPhone(draw);
    case "unit":
      return { value: ctx.unit, spelled: pick(draw, ctx.unit, wide(ctx.unit), ` ${ctx.unit} `) };
    case "id_document":
      return drawDocument(draw);
  }
}

/** Something that must be refused there: unanswered where that is not allowed, the wrong type, out of bounds. */
export function breakField(draw: Draw, field: Field): unknown {
  const unanswered = field.required ? [undefined, null, "", " \u3000"] : [];
  const never = [{ text: "x" }, ["x"], [{}], "坏\u0000了", "坏\ud800了", "坏\u001b[2J"];
  return pick(draw, ...unanswered, ...never, ...brokenOf(field));
}

function brokenOf(field: Field): unknown[] {
  switch (field.type) {
    case "text":
      return [7, true, "示".repeat((field.maxLength ?? 200) + 1), "x".repeat(100_000), "第一行\n第二行"];
    case "long_text":
      return [7, true, "示".repeat((field.maxLength ?? 2000) + 1), "x".repeat(100_000)];
    case "integer":
      return [1.5, "1.5", "三个", "1e3", true, "9".repeat(400), ...outside(field)];
    case "decimal":
      return ["一点五", "1e3", true, Number.NaN, "9".repeat(400), ...outside(field)];
    case "temperature":
      return [33.9, 43.1, "33.9", "３６．５５", "97.7", "很热", true, Number.POSITIVE_INFINITY];
    case "date":
      return ["2020-02-30", "2019-02-29", "2020年13月1日", "20-1-1", "昨天", 20200123, true, "0000-01-01"];
    case "datetime":
      return [
        "2020-02-30T10:00",
        "2020-01-01T25:00",
        "2020-01-01",
        "T10:00",
        "2020-01-01T10:00+99:00",
        5,
        true,
      ];
    case "yes_no":
      return ["maybe", "不知道", 2, 1];
    case "select_one":
      return ["nowhere", "__proto__", "constructor", "x".repeat(100_000), 3, true];
    case "select_multiple":
      return ["nowhere", ["__proto__"], [field.choices[0]?.name, "nowhere"], [[]], 3, true];
    case "phone":
      return ["12345678901", "1380013800", "7654321", "１２３４５", "没有手机", "+86 100", 13800138000];
    case "unit":
      return [
        "示例村",
        "51178",
        "5117811002013333333333333333333",
        511781100201,
        ...(field.level === "any" ? [] : ["511781"]),
      ];
    case "id_document":
      return [
        7,
        "11010519491231002X",
        { kind: "id_card" },
        { number: "11010519491231002X" },
        { kind: "unknown", number: "11010519491231002X" },
        { kind: "constructor" },
        { kind: "id_card", number: "110105194912310021" },
        { kind: "id_card", number: "110105194902310029" },
        { kind: "id_card", number: "1101051949123100" },
        { kind: "residence_permit", number: "11010519491231002X" },
        { kind: "passport", number: "坏的号码" },
        { kind: "passport", number: "E".repeat(100_000) },
        { kind: "other", number: 12345678 },
        { kind: "none", number: "E12345678" },
      ];
  }
}

const LETTERS = [
  "示",
  "例",
  "样",
  "本",
  "𠮷",
  "ས",
  "é",
  "a",
  "Z",
  "7",
  " ",
  "，",
  "。",
  "'",
  "<",
  "&",
  "👪",
  "ⅷ",
  "．",
];
const YES = [true, "yes", "true", "1", "是", "ＹＥＳ"];
const NO = [false, "no", "false", "0", "否", "Ｎｏ"];

const same = (value: string): Drawn => ({ value, spelled: value });
const wide = (text: string) =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
const digits = (draw: Draw, count: number) =>
  String(draw(fc.nat, { max: 10 ** count - 1 })).padStart(count, "0");

function drawText(draw: Draw, max: number, letters: string[]): Drawn {
  const inner = draw(fc.array, fc.constantFrom(...letters), { maxLength: Math.min(max - 2, 30) }).join("");
  const full = draw(fc.nat, { max: 9 }) === 0 ? "满".repeat(max) : `示${inner}本`;
  return {
    value: full,
    spelled: pick(draw, full, `  ${full}\u3000`, full.replaceAll("\n", "\r\n")),
  };
}

function drawNumber(draw: Draw, value: number): Drawn {
  return { value, spelled: pick<unknown>(draw, value, `${value}`, ` ${value} `, wide(`${value}`)) };
}

function drawPhone(draw: Draw): Drawn {
  const mobile = `1${draw(fc.integer, { min: 3, max: 9 })}${digits(draw, 9)}`;
  const landline = `0818${digits(draw, 7)}`;
  const abroad = `+852${digits(draw, 8)}`;
  return pick(
    draw,
    same(mobile),
    { value: mobile, spelled: `+86 ${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}` },
    { value: mobile, spelled: wide(mobile) },
    { value: landline, spelled: `${landline.slice(0, 4)}-${landline.slice(4)}` },
    { value: landline, spelled: `（０８１８）${landline.slice(4)}` },
    { value: abroad, spelled: `00852 ${abroad.slice(4)}` },
  );
}

function drawDocument(draw: Draw): Drawn {
  const born = addDays("1930-01-01", draw(fc.nat, { max: 30_000 })).replaceAll("-", "");
  const card = (region: string) => {
    const body = region + born + digits(draw, 3);
    return body + idCardCheck(body);
  };
  const mainland = card("511781");
  const permit = card(pick(draw, "810000", "820000", "830000"));
  const passport = `E${digits(draw, 8)}`;
  return pick(
    draw,
    { value: { kind: "none" }, spelled: { kind: "none", number: "" } },
    {
      value: { kind: "id_card", number: mainland },
      spelled: { kind: "id_card", number: mainland.toLowerCase() },
    },
    { value: { kind: "id_card", number: mainland }, spelled: { kind: "id_card", number: wide(mainland) } },
    {
      value: { kind: "residence_permit", number: permit },
      spelled: { kind: "residence_permit", number: ` ${permit}` },
    },
    {
      value: { kind: "passport", number: passport },
      spelled: { kind: "passport", number: wide(passport), sent: 1 },
    },
  );
}

const outside = ({ min, max }: { min?: number; max?: number }) => [
  ...(min === undefined ? [] : [min - 1, `${min - 1}`]),
  ...(max === undefined ? [] : [max + 1, `${max + 1}`]),
];
