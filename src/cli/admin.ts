import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { emailIndex } from "../db/contact.ts";
import { appointment, ending } from "../db/office.ts";
import type { OfficialDetails } from "../db/official.ts";
import { createPrivacy } from "../db/privacy.ts";
import { openDb, type Store } from "../db/store.ts";
import { ROLES, type Role } from "../domain/office.ts";
import { maskedEmail, readEmail } from "../domain/sign-in.ts";
import { LANGS } from "../forms/define.ts";
import { print } from "./command.ts";
import { readConfig } from "./config.ts";
import { type D1Door, throughDoor } from "./d1.ts";
import { localSecrets, secretsFile } from "./secrets.ts";
import { asText } from "./sql-text.ts";

/*
 * npm run admin: the officials of the desk, from outside it. It makes the first administrator; that one appoints the rest
 * at /desk/officials.
 */
const USAGE = `npm run admin -- add EMAIL --unit CODE --role ROLE [--name NAME] [--lang LANG]
                                    whoever reads mail there may sign in at /desk; ROLE: ${ROLES.join(", ")}
npm run admin -- list               who holds an office, addresses masked
npm run admin -- remove EMAIL       ends the office and all its sign-ins
Each takes --remote for the deployed database; MASTER_SECRET must then be in the environment.`;

type Options = { unit?: string; role?: string; name?: string; lang?: string };
type Tools = { store: Store; door: D1Door; now: Date; county: string; options: Options };
type Row = {
  id: string;
  unit_code: string;
  unit_name: string;
  role: Role;
  recorded_at: number;
  sealed: string;
};

const commands: Record<string, (tools: Tools, words: string[]) => Promise<string>> = {
  async add({ store, door, now, options }, [typed = ""]) {
    const { unit: unitCode = "", name = "" } = options;
    const email = readEmail(typed);
    const role = ROLES.find((one) => one === options.role);
    const lang = LANGS.find((one) => one === (options.lang ?? "zh-Hans"));
    if (!email || !role || !lang || !/^\d{6}[0-9A-Z]*$/.test(unitCode)) throw new Error(USAGE);
    const [unit] = await door.query(`SELECT 1 FROM unit WHERE code = '${unitCode}' AND closed_at IS NULL`);
    if (!unit) throw new Error("There is no such unit. Nothing was written.");
    const entry = { id: randomUUID(), name: name.trim() || email, email, unitCode, role, lang };
    await door.execute((await appointment(store, entry, actOf(now))).map(asText));
    return `${maskedEmail(email)} is ${role} of ${unitCode} and can sign in at /desk.`;
  },

  async list({ store, door }) {
    const rows = await door.query<Row>(`${OFFICES} ORDER BY official.unit_code, official.id`);
    const lines = rows.map(async ({ id, unit_code, unit_name, role, recorded_at, sealed }) => {
      const { email } = await store.privacy.open<OfficialDetails>(sealed, id, "official");
      return [unit_code, unit_name, role, new Date(recorded_at).toISOString(), maskedEmail(email)].join();
    });
    return ["unit,name,role,since,address", ...(await Promise.all(lines))].join("\n");
  },

  async remove({ store, door, now, county }, [typed = ""]) {
    const email = readEmail(typed);
    if (!email) throw new Error(USAGE);
    const [found] = await door.query<Row>(
      `${OFFICES} AND official.email_index = '${await emailIndex(store, email)}'`,
    );
    if (!found) throw new Error("Nobody holds an office with this address. Nothing was written.");
    const { id, role, unit_code: code } = found;
    await door.execute(ending(store.db, { id, role, unit: { code } }, { ...actOf(now), county }).map(asText));
    return `${maskedEmail(email)} is no longer ${role} of ${code}; every sign-in has ended.`;
  },
};

const OFFICES = `SELECT official.id, official.unit_code, unit.name AS unit_name, official.role, official.recorded_at,
  official.sealed FROM official JOIN unit ON unit.code = official.unit_code WHERE official.removed_at IS NULL`;

const actOf = (now: Date) => ({ actor: "cli", now, auditId: randomUUID() });

/** Does what is asked and returns what to print. Throws a sentence that says what to mend. */
export async function admin(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      remote: { type: "boolean", default: false },
      unit: { type: "string" },
      role: { type: "string" },
      name: { type: "string" },
      lang: { type: "string" },
    },
  });
  const [name = "", ...words] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(USAGE);
  const { MASTER_SECRET: secret, MASTER_SECRET_PREVIOUS: previous } = values.remote
    ? process.env
    : await localSecrets(secretsFile());
  if (!secret)
    throw new Error("MASTER_SECRET must be in the environment, the same that was put in the deployment.");
  // Statements are only written down here, so the database behind them is never asked.
  const store = { db: openDb({} as D1Database), privacy: await createPrivacy(secret, previous) };
  const county = process.env.COUNTY_CODE ?? String(readConfig().vars.COUNTY_CODE);
  const tools = { store, now: new Date(), county, options: values };
  return throughDoor(values.remote, (door) => command({ ...tools, door }, words)).catch(inWords);
}

/** What the database refused, in words: its own would repeat the statement. */
function inWords(error: Error): never {
  if (/UNIQUE constraint failed/.test(error.message))
    throw new Error("This address holds an office already. Nothing was written.");
  if (/NOT NULL constraint failed/.test(error.message))
    throw new Error("This is the county's last administrator. Add another one first. Nothing was written.");
  throw error;
}

if (import.meta.main) await print(admin);
