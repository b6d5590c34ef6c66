import { MINUTE } from "../../src/domain/time.ts";
import type { Deps } from "../../src/http/factory.ts";
import type { Chance } from "../simulate/chance.ts";
import { REFUSED_HOST } from "./mail-server.ts";
import { HOOK_SECRET } from "./receiver.ts";

/*
 * Where it happens: three villages, their town, the county, and who hears for them. One of them may be hard to reach.
 */
export const COUNTY = "511781";
export const TOWN = "511781100";
export const VILLAGES = ["511781100001", "511781100002", "511781100003"] as const;
export const NAMES: Record<string, string> = {
  [COUNTY]: "示例县",
  [TOWN]: "示例镇",
  [VILLAGES[0]]: "示例一村",
  [VILLAGES[1]]: "示例二村",
  [VILLAGES[2]]: "示例三村",
};

/** How it goes with what is sent to somebody: taken; bounced, complained of, never taken, or a webhook that is gone. */
export type Mood = "well" | "bounces" | "complains" | "refused" | "gone";
export type Ear = { id: string; unit: string; channel: "mail" | "webhook"; mood: Mood };
export type County = { ears: Ear[]; settings: Record<string, string> };
/** How it goes with the one who hears for the third village. */
export const LAST_EARS = ["refused", "bounces", "complains", "gone", "nobody", "well"] as const;

/** @param last given, everything else that can be is there too */
export function makeCounty(chance: Chance, last?: (typeof LAST_EARS)[number]): County {
  const there = (share: number) => chance.happens(share) || last !== undefined;
  const ears: Ear[] = [];
  const add = (id: string, unit: string, channel: Ear["channel"], mood: Mood = "well") =>
    ears.push({ id, unit, channel, mood });
  add("zhou", COUNTY, "mail");
  if (there(0.3)) add("county-room", COUNTY, "webhook");
  add("li", TOWN, chance.happens(0.2) ? "webhook" : "mail");
  if (there(0.3)) add("town-room", TOWN, "webhook");
  add("amina", VILLAGES[0], "mail");
  add("bashir", VILLAGES[1], "mail");
  if (there(0.6)) add("village-room", VILLAGES[1], "webhook");
  const mood = last ?? chance.pick(LAST_EARS);
  if (mood !== "nobody") add("wu", VILLAGES[2], mood === "gone" ? "webhook" : "mail", mood);
  return {
    ears,
    settings: {
      COUNTY_CODE: COUNTY,
      // Clusters have their own tests; here two ill in a village are two registrations.
      CLUSTER_COUNT: "1000",
      LADDER_REPEAT_MINUTES: chance.happens(0.3) ? "360" : "0",
      ...(chance.happens(0.2) ? { QUIET_HOURS: "20:00-07:00" } : {}),
    },
  };
}

export const addressOf = ({ id, channel, mood }: Ear): string =>
  channel === "mail"
    ? `${id}@${mood === "refused" ? REFUSED_HOST : "sample.example"}`
    : `https://hook.sample.example/${id}`;

/** Enters the units and whoever hears for them. */
export async function enterCounty(deps: Deps, { ears }: County, at: number): Promise<void> {
  const recordedAt = new Date(at - 10 * 24 * 60 * MINUTE);
  const row = deps.d1.prepare(
    "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, ?, ?, ?)",
  );
  const rows = [
    [COUNTY, "county", null],
    [TOWN, "town", COUNTY],
    ...VILLAGES.map((code) => [code, "village", TOWN]),
  ] as [string, string, string | null][];
  await deps.d1.batch(
    rows.map(([code, kind, parent]) =>
      row.bind(code, NAMES[code] ?? code, kind, parent, recordedAt.getTime()),
    ),
  );
  const card = deps.d1.prepare(
    "INSERT INTO contact (id, unit_code, role, channel, lang, address_index, sealed, recorded_at) VALUES (?, ?, 'contact', ?, 'zh-Hans', ?, ?, ?)",
  );
  const cards = ears.map(async (ear) => {
    const address = addressOf(ear);
    const way = ear.channel === "mail" ? { email: address } : { url: address, secret: HOOK_SECRET };
    const [index, sealed] = await Promise.all([
      deps.privacy.index("email", address),
      deps.privacy.seal({ name: "示例", ...way }, ear.id, "contact"),
    ]);
    return card.bind(ear.id, ear.unit, ear.channel, index, sealed, recordedAt.getTime());
  });
  await deps.d1.batch(await Promise.all(cards));
}
