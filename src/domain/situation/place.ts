import type { Place } from "../summary.ts";

/*
 * What a report calls its own unit: 我县, 全区, 本社区. It goes by the end of the unit's name, for a county may be a
 * district or a city, and by its kind where the name says nothing.
 */
const ENDS = ["县縣", "区區", "市市", "旗旗", "镇鎮", "乡鄉", "村村", "校校", "局局", "部部", "园園"];
const LONG = ["社区 社區", "街道 街道", "中心 中心", "网格 網格"];
const BY_KIND: Record<string, string> = { county: "县縣", town: "镇鎮", village: "村村", school: "校校" };

/** {place}, {our} and {all} of a unit's reports in one script: 县, 我县, 全县. */
export function placeWords({ name, kind }: Place, hant: boolean): Record<"place" | "our" | "all", string> {
  const long = LONG.map((both) => both.split(" ")).find((both) => both.some((end) => name.endsWith(end)));
  const short = ENDS.find((both) => both.includes(name.at(-1) ?? " ")) ?? BY_KIND[kind];
  const word = (long ?? [...(short ?? "")])[hant ? 1 : 0] ?? (hant ? "單位" : "单位");
  return { place: word, our: `${word.length > 1 || word === "村" ? "本" : "我"}${word}`, all: `全${word}` };
}
