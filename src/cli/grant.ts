import { randomBytes, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { createApiKey, keyRevocation } from "../db/api-key.ts";
import { recordAct, recordActIf } from "../db/audit.ts";
import { addContact, addressIndexOf, type NewContact, removeContact } from "../db/contact.ts";
import { line } from "../db/desk-act.ts";
import { linkToken, mintLink, revocation } from "../db/link.ts";
import { linkSubject } from "../db/link-desk.ts";
import { pointSubject } from "../db/poster.ts";
import { createPrivacy, hashToken } from "../db/privacy.ts";
import { postingPoint } from "../db/schema.ts";
import { openDb, type Store } from "../db/store.ts";
import { DAY } from "../domain/time.ts";
import { print } from "./command.ts";
import { readConfig } from "./config.ts";
import { contactsAt, contactsIn, contactsOf } from "./contacts.ts";
import { type D1Door, throughDoor } from "./d1.ts";
import { localSecrets, secretsFile } from "./secrets.ts";
import { asText } from "./sql-text.ts";

/*
 * npm run grant: what a county needs before its first day and has no desk for yet. Links, posters, contacts, keys,
 * into the local or (--remote) the deployed database. Remote needs MASTER_SECRET in the environment: links are
 * derived from it. Whatever it changes, and each link it shows, stands in the history, under "cli".
 */
const USAGE = `npm run grant -- units CODE [--days N]             a daily-report link for every unit of a subtree, as CSV
npm run grant -- poster NUMBER CODE PLACE [--days N]   a posting point and the link for its poster
npm run grant -- revoke LINK                       takes one link out of use: its token or its whole address
npm run grant -- revoke-unit CODE                  the same for every link of a unit's own; "units" then makes a new one
npm run grant -- contacts FILE.csv                 unit,role,lang,name,email: who hears of what is overdue; for a webhook
                                                   or a group's bot channel,url,secret instead of email
npm run grant -- contacts-list UNIT                who hears for a unit: role, channel, since when, why not reached
npm run grant -- remove-contact UNIT EMAIL-OR-URL  nothing is sent there for that unit any more
npm run grant -- key CODE LABEL                    an API key that sees the subtree of a unit
npm run grant -- keys CODE                         the keys of a subtree: number, scope, since, out of use since, label
npm run grant -- revoke-key KEY                    takes a key out of use: itself, or its number
New links end after N days, 120 if nothing is said.
Each takes --remote for the deployed database; MASTER_SECRET must then be in the environment.`;

type Tools = {
  store: Store;
  door: D1Door;
  url: string;
  now: Date;
  expiresAt: Date;
  allowPrivate: boolean;
};

const commands: Record<string, (tools: Tools, words: string[]) => Promise<string>> = {
  async units({ store, door, url, now, expiresAt }, [prefix = ""]) {
    if (!CODE.test(prefix)) throw new Error(USAGE);
    const units = await door.query<{ code: string; name: string; nonce: string | null }>(
      `SELECT unit.code, unit.name, (SELECT nonce FROM link WHERE link.unit_code = unit.code AND purpose = 'unit'
         AND nonce IS NOT NULL AND ${inUse(now)}
         ORDER BY link.recorded_at DESC LIMIT 1) AS nonce
       FROM unit WHERE unit.code >= '${prefix}' AND unit.code < '${prefix}~' AND closed_at IS NULL ORDER BY unit.code`,
    );
    const statements: string[] = [];
    const lines: string[] = [];
    for (const { code, name, nonce } of units) {
      const known = nonce ?? randomUUID();
      const token = await linkToken(store, "unit", known);
      const subject = linkSubject(await hashToken(token));
      if (!nonce) {
        const entry = { purpose: "unit", unitCode: code, nonce: known, expiresAt, recordedAt: now } as const;
        statements.push(asText((await mintLink(store, entry)).statement));
      }
      statements.push(told(store, now, nonce ? "show-link" : "make-link", subject, code));
      lines.push(`${code},${csvCell(name)},${url}/u/${token}`);
    }
    if (units.length === 0) throw new Error(`There is no unit ${prefix}. Import the units first.`);
    await door.execute(statements);
    return ["code,name,url", ...lines].join("\n");
  },

  async poster({ store, door, url, now, expiresAt }, [id = "", unitCode = "", ...place]) {
    const name = place.join(" ");
    if (!/^[A-Z0-9-]{1,20}$/.test(id) || !name) throw new Error(USAGE);
    const link = {
      purpose: "poster",
      unitCode,
      subjectId: id,
      nonce: randomUUID(),
      expiresAt,
      recordedAt: now,
    } as const;
    const { token, statement } = await mintLink(store, link);
    const point = store.db.insert(postingPoint).values({ id, unitCode, name, recordedAt: now });
    await door.execute([
      asText(point),
      asText(statement),
      told(store, now, "add-poster", pointSubject(id), unitCode),
    ]);
    return `${url}/r/${token}`;
  },

  async revoke({ store, door, now }, [link = ""]) {
    const token = /^(?:https?:\/\/[^/]+)?(?:\/[upr]\/)?([\w-]{22})(?:[/?#].*)?$/.exec(link)?.[1];
    if (!token) throw new Error(USAGE);
    const tokenHash = await hashToken(token);
    const [found] = await inUseOf(door, now, `token_hash = '${tokenHash}'`);
    if (!found) throw new Error("There is no such link in use. Nothing was written.");
    await door.execute([
      asText(revocation(store.db, { tokenHash }, now)),
      told(store, now, "revoke-link", linkSubject(tokenHash), found.unit_code),
    ]);
    return `The ${found.purpose} link of ${found.unit_code} is out of use.`;
  },

  async "revoke-unit"({ store, door, now }, [unitCode = ""]) {
    if (!CODE.test(unitCode)) throw new Error(USAGE);
    const links = await inUseOf(door, now, `unit_code = '${unitCode}' AND purpose = 'unit'`);
    if (links.length === 0) throw new Error(`${unitCode} has no link in use. Nothing was written.`);
    await door.execute([
      asText(revocation(store.db, { unitCode }, now)),
      ...links.map((one) => told(store, now, "revoke-link", linkSubject(one.token_hash), unitCode)),
    ]);
    return `${links.length} of ${unitCode} out of use. npm run grant -- units ${unitCode} makes a new one.`;
  },

  async contacts({ store, door, now, allowPrivate }, [file]) {
    if (!file) throw new Error(USAGE);
    const statements: string[] = [];
    let there = 0;
    for (const entry of contactsIn(await readFile(file), { allowPrivate })) {
      const id = randomUUID();
      const { statement } = await addContact(store, { ...entry, id, recordedAt: now });
      const act = actOf(now, "add-contact", id, entry.unitCode, entry.role);
      // The line goes first: after the change nobody could tell who stood there already.
      statements.push(asText(recordActIf(store.db, act, await isNew(store, entry))), asText(statement));
      there += 1;
    }
    await door.execute(statements);
    return `${there} contacts are there.`;
  },

  async "contacts-list"({ door }, [unitCode = ""]) {
    if (!CODE.test(unitCode)) throw new Error(USAGE);
    return ["unit,role,channel,since,unreachable,why", ...(await contactsOf(door, unitCode))].join("\n");
  },

  async "remove-contact"({ store, door, now }, [unitCode = "", address = ""]) {
    if (!CODE.test(unitCode) || !address) throw new Error(USAGE);
    const ids = await contactsAt(store, door, { unitCode, address });
    if (ids.length === 0) throw new Error(`${unitCode} has no such contact. Nothing was written.`);
    await door.execute(
      ids.flatMap((id) => [
        asText(removeContact(store.db, id, now)),
        told(store, now, "remove-contact", id, unitCode),
      ]),
    );
    return `${ids.length} of ${unitCode} removed.`;
  },

  async key({ store, door, now }, [scope = "", ...label]) {
    if (label.length === 0) throw new Error(USAGE);
    // A key that began with "-" would be taken for an option when somebody revokes it.
    const key = randomBytes(16).toString("base64url").replace(/^-/, "0");
    const row = { key, scope, label: label.join(" "), recordedAt: now };
    const number = numberOf(await hashToken(key));
    await door.execute([
      asText((await createApiKey(store.db, row)).statement),
      told(store, now, "make-key", `key/${number}`, scope),
    ]);
    return `${key}\nIt is shown this once; only its hash is kept. Its number, to take it out of use by: ${number}`;
  },

  async keys({ door }, [scope = ""]) {
    if (!CODE.test(scope)) throw new Error(USAGE);
    const rows = await keysOf(door, `scope >= '${scope}' AND scope < '${scope}~'`);
    const lines = rows.map((row) =>
      [
        ...[numberOf(row.key_hash), row.scope, momentText(row.recorded_at)],
        ...[row.revoked_at === null ? "" : momentText(row.revoked_at), csvCell(row.label)],
      ].join(),
    );
    return ["number,scope,since,revoked,label", ...lines].join("\n");
  },

  async "revoke-key"({ store, door, now }, [given = ""]) {
    if (!/^(?:[\w-]{22}|[0-9a-f]{8})$/.test(given)) throw new Error(USAGE);
    const number = given.length === 8 ? given : numberOf(await hashToken(given));
    const found = (await keysOf(door, "revoked_at IS NULL")).filter(
      (row) => numberOf(row.key_hash) === number,
    );
    if (found.length === 0) throw new Error("There is no such key in use. Nothing was written.");
    await door.execute(
      found.flatMap(({ key_hash: keyHash, scope }) => [
        asText(keyRevocation(store.db, keyHash, now)),
        told(store, now, "revoke-key", `key/${number}`, scope),
      ]),
    );
    return `The key ${number} of ${found.map(({ scope }) => scope).join(" ")} is out of use.`;
  },
};

/** A line of the history. @param detail machine words */
const actOf = (now: Date, ...what: [act: string, subject: string, unitCode: string, detail?: string]) =>
  line({ actor: "cli", auditId: randomUUID(), now }, ...what);
/** The same as text. */
const told = ({ db }: Store, ...what: Parameters<typeof actOf>): string =>
  asText(recordAct(db, actOf(...what)));

/** Whether nobody is reached at this address in this role of the unit yet, or no more. */
const isNew = async (store: Store, { unitCode, role, ...details }: Omit<NewContact, "id" | "recordedAt">) =>
  sql`SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM contact WHERE unit_code = ${unitCode} AND role = ${role}
    AND address_index = ${await addressIndexOf(store, details)} AND removed_at IS NULL AND unreachable_at IS NULL)`;

/** What a key is called once nobody has it any more. */
const numberOf = (keyHash: string): string => Buffer.from(keyHash, "base64url").toString("hex").slice(0, 8);

type KeyRow = {
  key_hash: string;
  scope: string;
  label: string;
  recorded_at: number;
  revoked_at: number | null;
};
const keysOf = (door: D1Door, which: string) =>
  door.query<KeyRow>(
    `SELECT key_hash, scope, label, recorded_at, revoked_at FROM api_key WHERE ${which} ORDER BY recorded_at`,
  );
const momentText = (at: number): string => new Date(at).toISOString().replace(/:\d\d\.\d{3}Z$/, "Z");

const CODE = /^\d{6}[0-9A-Z]*$/;

/** The condition of a link in use, as db/link.ts has it: wrangler takes text, no parameters. */
const inUse = (now: Date) => `revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now.getTime()})`;

const inUseOf = (door: D1Door, now: Date, which: string) =>
  door.query<{ purpose: string; unit_code: string; token_hash: string }>(
    `SELECT purpose, unit_code, token_hash FROM link WHERE ${which} AND ${inUse(now)}`,
  );

/** Does what is asked and returns what to print. Throws a sentence that says what to mend. */
export async function grant(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { remote: { type: "boolean", default: false }, days: { type: "string", default: "120" } },
  });
  if (!/^[1-9]\d{0,3}$/.test(values.days)) throw new Error("--days must be a number of days from 1 to 9999.");
  const [name = "", ...words] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(USAGE);
  const { secret, previous, url, allowPrivate } = values.remote ? remoteSettings() : await localSettings();
  // Statements are only written down here, so the database behind them is never asked.
  const store = { db: openDb({} as D1Database), privacy: await createPrivacy(secret, previous) };
  const now = new Date();
  const expiresAt = new Date(now.getTime() + Number(values.days) * DAY);
  const tools = { store, url, now, expiresAt, allowPrivate };
  return throughDoor(values.remote, (door) => command({ ...tools, door }, words)).catch(inWords);
}

function remoteSettings() {
  const { MASTER_SECRET: secret, MASTER_SECRET_PREVIOUS: previous, PUBLIC_URL } = process.env;
  const url = PUBLIC_URL ?? String(readConfig().vars.PUBLIC_URL ?? "");
  if (!secret)
    throw new Error("MASTER_SECRET must be in the environment, the same that was put in the deployment.");
  if (!url) throw new Error("PUBLIC_URL must be in wrangler.toml or in the environment.");
  // A deployment posts to no private address, whatever the environment here says.
  return { secret, previous, url: url.replace(/\/+$/, ""), allowPrivate: false };
}

async function localSettings() {
  const vars = await localSecrets(secretsFile());
  return {
    secret: vars.MASTER_SECRET,
    previous: vars.MASTER_SECRET_PREVIOUS,
    url: `http://127.0.0.1:${process.env.PORT ?? 8787}`,
    allowPrivate: (vars.ALLOW_PRIVATE_TARGETS ?? process.env.ALLOW_PRIVATE_TARGETS) === "1",
  };
}

const csvCell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What the database refused, in words: wrangler's own text would repeat the whole command. */
function inWords(error: Error): never {
  if (/FOREIGN KEY constraint failed/.test(error.message))
    throw new Error("There is no such unit. Nothing was written.");
  if (/UNIQUE constraint failed/.test(error.message))
    throw new Error("That stands already. Nothing was written.");
  throw error;
}

if (import.meta.main) await print(grant);
