import { parse } from "csv-parse/sync";
import { emailIndex, type NewContact, openContact } from "../db/contact.ts";
import type { Store } from "../db/store.ts";
import { isEmail, POST_KINDS as POSTS, CONTACT_ROLES as ROLES } from "../domain/contact.ts";
import { targetProblem } from "../domain/target.ts";
import { LANGS } from "../forms/define.ts";
import type { D1Door } from "./d1.ts";

/**
 * Contacts out of a CSV with the columns unit, role, lang, name and email, or channel, url and secret for a webhook or a
 * group's bot. The first row that cannot be taken stops it.
 * @param options allowPrivate: the setting ALLOW_PRIVATE_TARGETS
 * @throws Error with the line's number and what to mend; never an address or a secret
 */
export function contactsIn(
  bytes: Uint8Array,
  { allowPrivate }: { allowPrivate: boolean },
): Omit<NewContact, "id" | "recordedAt">[] {
  const rows = parse(bytes, { bom: true, columns: true, skip_empty_lines: true, trim: true, info: true }) as {
    record: Record<string, string>;
    info: { lines: number };
  }[];
  return rows.map(({ record, info }) => {
    const bad = (what: string) => new Error(`line ${info.lines}: ${what}. Nothing was loaded.`);
    const { unit: unitCode = "", name = "", email = "", channel = "", url = "", secret = "" } = record;
    const role = ROLES.find((known) => known === record.role);
    const lang = LANGS.find((known) => known === record.lang);
    if (!role || !lang || !unitCode || !name)
      throw bad(`unit, role (${ROLES.join(", ")}), lang and name are needed`);
    const who = { unitCode, role, lang, name };
    if (!channel || channel === "mail") {
      if (!isEmail(email)) throw bad("an email address is needed");
      return { ...who, email };
    }
    const kind = POSTS.find((known) => known === channel);
    if (!kind) throw bad(`channel must be mail, ${POSTS.join(", ")} or left out`);
    const endpoint = { url, ...(secret ? { secret } : {}) };
    const problem = targetProblem(kind, endpoint, { allowPrivate });
    if (problem) throw bad(`the url cannot be posted to (${problem})`);
    return { ...who, channel: kind, ...endpoint };
  });
}

/**
 * The ids of those whom a unit reaches at an address, in whatever role: an email by its blind index, a URL by opening
 * the cards of its unit, because the index of one knows its secret too.
 */
export async function contactsAt(
  store: Store,
  door: D1Door,
  { unitCode, address }: { unitCode: string; address: string },
): Promise<string[]> {
  const find = (which: string) =>
    door.query<{ id: string; sealed: string }>(
      `SELECT id, sealed FROM contact WHERE unit_code = '${unitCode}' AND removed_at IS NULL AND ${which}`,
    );
  if (!URL.canParse(address) || !/^https?:/i.test(address)) {
    const index = await emailIndex(store, address);
    return (await find(`channel = 'mail' AND address_index = '${index}'`)).map(({ id }) => id);
  }
  const { href } = new URL(address);
  const rows = await find("channel <> 'mail'");
  const cards = await Promise.all(rows.map((row) => openContact(store, row)));
  return rows.filter((_, at) => cards[at]?.url && new URL(cards[at].url).href === href).map(({ id }) => id);
}

/** Who hears for a unit, as CSV without a name or an address. Moments are UTC. */
export async function contactsOf(door: D1Door, unitCode: string): Promise<string[]> {
  const rows = await door.query<Record<"role" | "channel" | "since" | "lost" | "why", string>>(
    `SELECT role, channel, ${utc("recorded_at")} AS since, COALESCE(${utc("unreachable_at")}, '') AS lost,
       COALESCE(unreachable_why, '') AS why
     FROM contact WHERE unit_code = '${unitCode}' AND removed_at IS NULL ORDER BY role, channel, recorded_at`,
  );
  return rows.map(({ role, channel, since, lost, why }) =>
    [unitCode, role, channel, since, lost, why].join(),
  );
}
const utc = (column: string) => `strftime('%Y-%m-%dT%H:%MZ', ${column} / 1000, 'unixepoch')`;
