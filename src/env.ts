import * as z from "zod";

/*
 * Bindings and settings, parsed once. What is missing is said in one clear sentence that names the setting.
 */
const clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "must be a clock time such as 16:00");
const minutes = z.coerce
  .number()
  .int()
  .min(0)
  .max(7 * 24 * 60);

const code = z.string().regex(/^\d{6}[0-9A-Z]*$/, "must be a unit's code");
const roles = (text: string) => [...new Set(text.split(",").map((role) => role.trim()))].filter(Boolean);

const Settings = z.object({
  COUNTY_CODE: z.string().regex(/^\d{6}$/, "must be the county's six-digit division code"),
  CASE_PREFIX: z
    .string()
    .regex(/^[A-Z]{2,4}$/)
    .default("WY"),
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/+$/, "")),
  MASTER_SECRET: z.string().min(43, "must be 32 random bytes, base64url"),
  MASTER_SECRET_PREVIOUS: z.string().min(43).optional(),
  TIME_ZONE: z.string().default("Asia/Shanghai"),
  HOTLINE: z.string().default(""),
  REPORT_DUE: clock.default("16:00"),
  REPORT_DUE_BY_KIND: z
    .string()
    .default("{}")
    .transform((text, ctx) => {
      try {
        return z.record(z.string(), clock).parse(JSON.parse(text));
      } catch {
        ctx.addIssue('must be JSON such as {"school":"09:30"}');
        return z.NEVER;
      }
    }),
  VERIFY_MINUTES: minutes.default(120),
  LADDER_TOWN_MINUTES: minutes.default(30),
  LADDER_COUNTY_MINUTES: minutes.default(60),
  DAY0_RULE: z.enum(["last_exposure", "left_area", "start"]).default("last_exposure"),
  OBSERVATION_DAYS: z.coerce.number().int().min(1).max(60).default(14),
  RESPONSE_MINUTES: minutes.default(120),
  CLUSTER_COUNT: z.coerce.number().int().min(2).max(1000).default(3),
  CLUSTER_HOURS: z.coerce.number().int().min(1).max(336).default(48),
  CLUSTER_CDC: code.optional(),
  CLUSTER_EDUCATION: code.optional(),
  CLUSTER_HEALTH: code.optional(),
  // Both steps must come before the next slot closes, eleven hours later.
  FOLLOW_UP_VILLAGE_MINUTES: minutes.max(300).default(60),
  FOLLOW_UP_TOWN_MINUTES: minutes.max(300).default(120),
  RELEASE_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  CARE_ROLES: z.string().default("village_cadre,doctor,relative").transform(roles),
  CARE_ROLES_BY_UNIT: z
    .string()
    .default("{}")
    .transform((text, ctx) => {
      try {
        return z.record(z.string().regex(/^\d{6}/), z.string().transform(roles)).parse(JSON.parse(text));
      } catch {
        ctx.addIssue('must be JSON such as {"511781100":"village_cadre,doctor,relative,police,official"}');
        return z.NEVER;
      }
    }),
  CARE_MINUTES: minutes.default(1440),
  RESEND_API_KEY: z.string().min(1).optional(),
  RESEND_BASE_URL: z.url().optional(),
  MAIL_FROM: z.string().default("Baobei <onboarding@resend.dev>"),
  DEV: z.literal("1").optional(),
});
export type Settings = z.infer<typeof Settings>;

type RateLimit = { limit(options: { key: string }): Promise<{ success: boolean }> };
export type Bindings = { DB: D1Database; PER_ADDRESS?: RateLimit; PER_LINK?: RateLimit } & Record<
  string,
  unknown
>;

/** Settings out of a Worker's environment. Throws one sentence naming each setting that is missing or wrong. */
export function parseSettings(env: Record<string, unknown>): Settings {
  const parsed = Settings.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `${issue.path.join(".")} ${issue.code === "invalid_type" ? "is missing" : issue.message}`,
    );
    throw new Error(`Settings: ${faults.join("; ")}. See the README's table of settings.`);
  }
  if (!parsed.data.RESEND_API_KEY && !parsed.data.DEV) {
    throw new Error(
      "Settings: RESEND_API_KEY is missing, so no alert could leave. See the README's table of settings.",
    );
  }
  return parsed.data;
}
