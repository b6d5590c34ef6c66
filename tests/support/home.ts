import { amina, bashir, chen } from "./cast.ts";
import { observed } from "./observed.ts";
import { inputValue, plainText, posted } from "./pages.ts";
import { rowsOf } from "./records.ts";
import { openCounty, seedUnits, type TestCounty } from "./worker.ts";

/*
 * Amina (on time), Bashir and Chen live together; they are found at home on 25 January at 10:00, in the morning slot, and
 * fill in their own page.
 */
export const MORNING = "2026-01-25/morning";

export const well = (place: number, temperature = "36.5"): [string, string][] => [
  [`m.${place}.temperature`, temperature],
  [`m.${place}.symptoms`, "no"],
  [`m.${place}.symptomText`, ""],
  [`m.${place}.needsHelp`, "no"],
];
export const blank = (place: number): [string, string][] => [
  [`m.${place}.temperature`, ""],
  [`m.${place}.symptomText`, ""],
];

export type Home = {
  county: TestCounty;
  token: string;
  caseNumber: string;
  /** The household's page, Simplified Chinese unless said otherwise. */
  open: (query?: string, lang?: string) => Promise<{ answer: Response; html: string }>;
  text: (query?: string, lang?: string) => Promise<string>;
  /** Posts cards with the client ids and the slot that the page carried. */
  send: (html: string, cards: [string, string][], lang?: string) => Promise<Response>;
  /** Whose (by place), version, slot, tenths of °C, late. */
  stored: () => Promise<unknown[][]>;
};

export async function openHome(): Promise<Home> {
  const county = await openCounty("2026-01-25T10:00:00+08:00", { HOTLINE: "0818-8600000" });
  await seedUnits(county);
  const { token, caseNumber } = await observed(county, [amina(), bashir(), chen({ temperature: 36.6 })]);
  const open: Home["open"] = async (query = "", lang = "zh-Hans") => {
    const answer = await county.fetch(`/p/${token}?lang=${lang}${query}`);
    return { answer, html: await answer.text() };
  };
  return {
    county,
    token,
    caseNumber,
    open,
    text: async (query, lang) => plainText((await open(query, lang)).html),
    send: async (html, cards, lang = "zh-Hans") => {
      const clients = [1, 2, 3]
        .map((place): [string, string] => [`client.${place}`, inputValue(html, `client.${place}`) ?? ""])
        .filter(([, id]) => id !== "");
      const slot: [string, string] = ["slot", inputValue(html, "slot") ?? ""];
      return county.fetch(`/p/${token}?lang=${lang}`, posted([slot, ...clients, ...cards]));
    },
    stored: async () =>
      (await rowsOf(county, "reading")).map(({ observation_id, version, slot, temperature, late }) => [
        String(observation_id).slice(-1),
        version,
        slot,
        temperature,
        late,
      ]),
  };
}
