import * as z from "zod/mini";
import { type Ladders, parseLadders } from "./domain/ladder-setting.ts";

/*
 * Bindings and settings, parsed once. What is missing is said in one clear sentence that names the setting. zod/mini
 * has no words of its own, so every rule here says what its setting must be; the whole of zod weighs four times as much.
 */
const matching = (pattern: RegExp, error: string) => z.string().check(z.regex(pattern, error));

/** Text that may be left out. */
const text = (standard: string) => z._default(z.string(), standard);

/** A whole number from `least` to `most`. */
function whole(standard: number, least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  const fits = (value: number) => Number.isInteger(value) && value >= least && value <= most;
  return z._default(z.coerce.number(error).check(z.refine(fits, error)), standard);
}
const minutes = (standard: number, most = 7 * 24 * 60) => whole(standard, 0, most);

/** One setting for many units: JSON that maps codes or kinds to what `schema` takes; none when left out. */
function json<Schema extends z.ZodMiniType>(schema: Schema, error: string) {
  const read = z.transform((given: string, ctx): z.infer<Schema> => {
    try {
      return z.parse(schema, JSON.parse(given));
    } catch {
      ctx.issues.push({ code: "custom", message: error, input: given });
      return z.NEVER;
    }
  });
  return z.pipe(text("{}"), read);
}

/** A zone that this runtime knows: every day and clock time is told by it. */
function known(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
const zone = z.string().check(z.refine(known, "must be a time zone such as Asia/Shanghai"));

const clock = matching(/^([01]\d|2[0-4]):[0-5]\d$/, "must be a clock time such as 16:00");
const code = z.optional(matching(/^\d{6}[0-9A-Z]*$/, "must be a unit's code"));
const secret = z.string().check(z.minLength(43, "must be 32 random bytes, base64url"));
const address = z.url("must be an address such as https://report.example.gov.cn");
const roles = z.transform((text: string) =>
  [...new Set(text.split(",").map((role) => role.trim()))].filter(Boolean),
);
const ladders = z.transform((given: string, ctx): Ladders => {
  const read = parseLadders(given);
  if ("ladders" in read) return read.ladders;
  ctx.issues.push({ code: "custom", message: read.fault, input: given });
  return z.NEVER;
});

const Settings = z.object({
  COUNTY_CODE: matching(/^\d{6}$/, "must be the county's six-digit division code"),
  CASE_PREFIX: z._default(matching(/^[A-Z]{2,4}$/, "must be two to four capital letters"), "WY"),
  PUBLIC_URL: z.pipe(
    address,
    z.transform((url: string) => url.replace(/\/+$/, "")),
  ),
  MASTER_SECRET: secret,
  MASTER_SECRET_PREVIOUS: z.optional(secret),
  TIME_ZONE: z._default(zone, "Asia/Shanghai"),
  HOTLINE: text(""),
  REPORT_DUE: z._default(clock, "16:00"),
  REPORT_DUE_BY_KIND: json(z.record(z.string(), clock), 'must be JSON such as {"school":"09:30"}'),
  VERIFY_MINUTES: minutes(120),
  LISTED_MINUTES: minutes(120),
  LADDER_TOWN_MINUTES: minutes(30),
  LADDER_COUNTY_MINUTES: minutes(60),
  LADDER_REPEAT_MINUTES: minutes(240),
  LADDERS: z.pipe(text("{}"), ladders),
  QUIET_HOURS: z.optional(
    matching(
      /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
      "must be two clock times such as 22:00-06:30",
    ),
  ),
  DAY0_RULE: z._default(
    z.enum(["last_exposure", "left_area", "start"], "must be last_exposure, left_area or start"),
    "last_exposure",
  ),
  OBSERVATION_DAYS: whole(14, 1, 60),
  RESPONSE_MINUTES: minutes(120),
  CLUSTER_COUNT: whole(3, 2, 1000),
  CLUSTER_HOURS: whole(48, 1, 336),
  CLUSTER_CDC: code,
  CLUSTER_EDUCATION: code,
  CLUSTER_HEALTH: code,
  // Both steps must come before the next slot closes, eleven hours later.
  FOLLOW_UP_VILLAGE_MINUTES: minutes(60, 300),
  FOLLOW_UP_TOWN_MINUTES: minutes(120, 300),
  RELEASE_HOURS: whole(24, 1, 168),
  LETTER_HOURS: whole(24, 1, 168),
  CARE_ROLES: z.pipe(text("village_cadre,doctor,relative"), roles),
  CARE_ROLES_BY_UNIT: json(
    z.record(matching(/^\d{6}/, "must be a unit's code"), z.pipe(z.string(), roles)),
    'must be JSON such as {"511781100":"village_cadre,doctor,relative,police,official"}',
  ),
  CARE_MINUTES: minutes(1440),
  RESEND_API_KEY: z.optional(z.string().check(z.minLength(1, "must not be empty"))),
  RESEND_BASE_URL: z.optional(address),
  RESEND_WEBHOOK_SECRET: z.optional(
    matching(
      /^whsec_([A-Za-z0-9+/]{4}){4,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      "must be the webhook's signing secret, whsec_…",
    ),
  ),
  ACK_MINUTES: whole(60, 5, 1440),
  MAIL_FROM: z._default(
    matching(
      /^([^\s@<>,]+@[^\s@<>,]+|[^<>\r\n]*[^<>\s] <[^\s@<>,]+@[^\s@<>,]+>)$/,
      "must be an address, alerts@report.example.gov.cn, or a name and one, County <alerts@report.example.gov.cn>",
    ),
    "Baobei <onboarding@resend.dev>",
  ),
  RETENTION_DAYS: whole(30, 1, 3650),
  EXPORT_ROWS: whole(2000, 0, 100_000),
  HEARTBEAT_URL: z.optional(address),
  SECOND_CLOCK: z.optional(z.literal("1", "must be 1 or left out")),
  ALLOW_PRIVATE_TARGETS: z.optional(z.literal("1", "must be 1 or left out")),
  DEV: z.optional(z.literal("1", "must be 1 or left out")),
});
export type Settings = z.infer<typeof Settings>;

type RateLimit = { limit(options: { key: string }): Promise<{ success: boolean }> };
type SecondClock = { getByName(name: string): { arm(): Promise<void> } };
/** Another Worker of the same county. */
type Worker = { fetch(request: Request): Promise<Response> };
type Bound = {
  readonly DB: D1Database;
  PER_ADDRESS?: RateLimit;
  PER_LINK?: RateLimit;
  CLOCK?: SecondClock;
  /** The units' pages. */
  UNIT?: Worker;
  /** The officials' desk. */
  DESK?: Worker;
  /** What is taken away. */
  REPORT?: Worker;
  FIGURE?: Worker;
  RECORD?: Worker;
};
export type Bindings = Bound & Record<string, unknown>;

/** Settings out of a Worker's environment. Throws one sentence naming each setting that is missing or wrong. */
export function parseSettings(env: Record<string, unknown>): Settings {
  const parsed = Settings.safeParse(env, { error: () => "must be text" });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name} ${env[name] === undefined ? "is missing" : message}`;
    });
    throw new Error(`Settings: ${faults.join("; ")}. See the README's table of settings.`);
  }
  if (!parsed.data.RESEND_API_KEY && !parsed.data.DEV) {
    throw new Error(
      "Settings: RESEND_API_KEY is missing, so no alert could leave. See the README's table of settings.",
    );
  }
  return parsed.data;
}
