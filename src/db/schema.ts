import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/*
 * Every table of the house. Moments are epoch milliseconds; local days are TEXT YYYY-MM-DD.
 * `sealed` columns hold AES-GCM text from privacy.ts; `*_index` columns hold blind indexes.
 * Tables with a TEXT key are WITHOUT ROWID: the migration adds it by hand (drizzle-kit has no word for it),
 * because a rowid table would pay a second written row for every key.
 */
const moment = (name: string) => integer(name, { mode: "timestamp_ms" });
const yes = (name: string) => integer(name, { mode: "boolean" });

/** A node of the tree, keyed by its statistical division code; a subtree is a prefix. */
export const unit = sqliteTable(
  "unit",
  {
    code: text().primaryKey(),
    name: text().notNull(),
    kind: text({
      enum: ["county", "town", "village", "grid", "school", "enterprise", "bureau", "checkpoint"],
    }).notNull(),
    parent: text(),
    recordedAt: moment("recorded_at").notNull(),
    closedAt: moment("closed_at"),
  },
  (t) => [index("unit_by_parent").on(t.parent, t.code)],
);

/** Who hears for a unit. Name and address are sealed; `addressIndex` keeps one address from being entered twice. */
export const contact = sqliteTable(
  "contact",
  {
    id: text().primaryKey(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    // grid: the village's grid worker, who hears of missed readings first; care: of a household's care team.
    // inspector: hears only where a ladder names the role.
    role: text({ enum: ["contact", "duty", "head", "grid", "care", "inspector"] }).notNull(),
    channel: text({ enum: ["mail", "webhook", "wecom", "dingtalk", "feishu"] })
      .notNull()
      .default("mail"),
    lang: text({ enum: ["zh-Hans", "zh-Hant", "en"] }).notNull(),
    addressIndex: text("address_index").notNull(),
    sealed: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
    removedAt: moment("removed_at"),
    unreachableAt: moment("unreachable_at"), // a bounce is silence too: nobody counts on this address any more
    unreachableWhy: text("unreachable_why"), // machine words
  },
  (t) => [
    uniqueIndex("contact_by_unit").on(t.unitCode, t.role, t.addressIndex),
    index("contact_reachable")
      .on(t.unitCode, t.role, t.channel, t.id, t.addressIndex)
      .where(sql`removed_at IS NULL AND unreachable_at IS NULL`),
    index("contact_by_endpoint").on(t.addressIndex).where(sql`channel <> 'mail'`),
    index("contact_unreachable").on(t.unitCode).where(sql`unreachable_at IS NOT NULL AND removed_at IS NULL`),
  ],
);

/**
 * Who can be told, unit by unit: [id, role, channel, address index] of each contact that stands and is reachable, care
 * teams apart. Triggers on `contact` write it and nobody else, so that a sweep reads one row a unit whoever hears there.
 */
export const unitEars = sqliteTable("unit_ears", {
  unitCode: text("unit_code").primaryKey(),
  ears: text({ mode: "json" }).$type<[string, string, string, string][]>().notNull(),
});

/** 值班: who is on for a unit from one moment to another, half-open; two of the same post never overlap. */
export const shift = sqliteTable(
  "shift",
  {
    id: text().primaryKey(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    contactId: text("contact_id").notNull(),
    post: text({ enum: ["lead", "duty"] }).notNull(), // 带班领导, 值班员
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    takenOverAt: moment("taken_over_at"), // 交接: the one who comes on has said so
    sealed: text(), // what is handed over, in words
    recordedAt: moment("recorded_at").notNull(),
    removedAt: moment("removed_at"),
  },
  (t) => [index("shift_by_unit").on(t.unitCode, t.endsAt).where(sql`removed_at IS NULL`)],
);

/** A place where a poster hangs; registrations through its link are counted apart. */
export const postingPoint = sqliteTable(
  "posting_point",
  {
    id: text().primaryKey(), // the number printed on the poster, P-0031
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    name: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
    removedAt: moment("removed_at"),
  },
  (t) => [index("posting_point_by_unit").on(t.unitCode, t.id).where(sql`removed_at IS NULL`)],
);

/**
 * A link that stands for a posting point, a unit or a household: only the token's hash is kept. With a nonce the
 * service can derive the token again (alerts carry the unit's link); without one (a person's) nobody here can.
 */
export const link = sqliteTable(
  "link",
  {
    tokenHash: text("token_hash").primaryKey(),
    purpose: text({ enum: ["poster", "unit", "person", "letter"] }).notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    subjectId: text("subject_id"), // posting point id, household id or letter's number
    nonce: text(),
    recordedAt: moment("recorded_at").notNull(),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
  },
  (t) => [index("link_by_unit").on(t.unitCode, t.purpose).where(sql`nonce IS NOT NULL`)],
);

/** A bearer key of the JSON API: which subtree it may see. */
export const apiKey = sqliteTable("api_key", {
  keyHash: text("key_hash").primaryKey(),
  scope: text()
    .notNull()
    .references(() => unit.code),
  label: text().notNull(),
  recordedAt: moment("recorded_at").notNull(),
  revokedAt: moment("revoked_at"),
});

/** What arrived, once. The key is a keyed hash of form and client id, so a second arrival fails the whole batch. */
export const submission = sqliteTable("submission", {
  id: text().primaryKey(),
  form: text().notNull(),
  formVersion: integer("form_version").notNull(),
  door: text({ enum: ["poster", "page", "unit", "person", "api", "desk"] }).notNull(),
  contentHash: text("content_hash").notNull(), // keyed: a plain hash of an ID number could be guessed
  subjectId: text("subject_id").notNull(), // household, tip or report it became
  version: integer(), // which version of a slot's reading it became
  recordedAt: moment("recorded_at").notNull(),
});

/** Those who live together and registered together; its id is the case number. */
export const household = sqliteTable(
  "household",
  {
    id: text().primaryKey(), // case number, WY-0217-4486
    submissionId: text("submission_id").notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    postingPointId: text("posting_point_id"),
    filledBy: text("filled_by").notNull(),
    source: text().notNull(),
    origin: text().notNull(),
    transitWuhan: yes("transit_wuhan").notNull(),
    leftOn: text("left_on"),
    arrivedAt: moment("arrived_at").notNull(),
    phoneIndex: text("phone_index"),
    samePhoneAs: text("same_phone_as"), // an earlier household with the same number: for officials, never for the public
    persons: integer().notNull(),
    sealed: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
    verifyDueAt: moment("verify_due_at").notNull(),
    verifiedAt: moment("verified_at"),
    verifiedRecordedAt: moment("verified_recorded_at"),
    verifyOutcome: text("verify_outcome", { enum: ["found", "wrong", "moved"] }),
    verifySealed: text("verify_sealed"), // who verified and what was found
    sealedOffAt: moment("sealed_off_at"), // 封存: since when its personal data is gone; the counts stay
  },
  (t) => [
    // What is counted by point stands in the index.
    index("household_by_point")
      .on(t.postingPointId, t.recordedAt, t.persons)
      .where(sql`posting_point_id IS NOT NULL`),
    index("household_by_phone").on(t.phoneIndex, t.recordedAt).where(sql`phone_index IS NOT NULL`),
    index("household_by_unit").on(t.unitCode, t.recordedAt),
  ],
);

/** A registered person; the id is the case number with a place in the household, WY-0217-4486-1. */
export const person = sqliteTable(
  "person",
  {
    id: text().primaryKey(),
    householdId: text("household_id").notNull(),
    unitCode: text("unit_code").notNull(),
    origin: text().notNull(),
    returnee: yes("returnee").notNull(),
    area: yes("area").notNull(),
    contact: yes("contact").notNull(),
    symptoms: yes("symptoms").notNull(),
    temperature: integer(), // tenths of °C
    symptomatic: yes("symptomatic").notNull(), // symptoms or ≥ 37.3 °C at registration
    idIndex: text("id_index"),
    nameIndex: text("name_index"), // blind index of the whole name, for officials who look for one
    duplicateOf: text("duplicate_of"),
    sealed: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [
    index("person_by_id").on(t.idIndex, t.recordedAt).where(sql`id_index IS NOT NULL`),
    index("person_by_name").on(t.nameIndex, t.unitCode, t.recordedAt).where(sql`name_index IS NOT NULL`),
    index("person_by_unit").on(t.unitCode, t.recordedAt),
    index("person_symptomatic").on(t.unitCode, t.recordedAt).where(sql`symptomatic = 1`),
    // Who came again and was ill then: the first row counts as ill for it.
    index("person_ill_again")
      .on(t.recordedAt, t.duplicateOf)
      .where(sql`duplicate_of IS NOT NULL AND symptomatic = 1`),
  ],
);

/** A citizen's lead. The receipt code is known to the sender alone: here only its peppered hash. */
export const tip = sqliteTable(
  "tip",
  {
    id: text().primaryKey(), // T-4471-0932
    codeHash: text("code_hash").notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    category: text().notNull(),
    sealed: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
    verifyDueAt: moment("verify_due_at").notNull(),
    verifiedAt: moment("verified_at"),
    verifiedRecordedAt: moment("verified_recorded_at"),
    outcome: text({ enum: ["true", "untrue", "unclear"] }),
    answerSealed: text("answer_sealed"), // the officials' public answer
    verifySealed: text("verify_sealed"), // who verified
    sealedOffAt: moment("sealed_off_at"),
  },
  (t) => [
    uniqueIndex("tip_by_code").on(t.codeHash),
    index("tip_by_unit").on(t.unitCode, t.recordedAt),
    index("tip_settled").on(t.verifiedRecordedAt, t.id).where(sql`verified_recorded_at IS NOT NULL`),
  ],
);

/** What the sender adds to a tip, and later what officials write to the sender. */
export const tipMessage = sqliteTable(
  "tip_message",
  {
    id: text().primaryKey(), // the submission's id: sent twice, stored once
    tipId: text("tip_id")
      .notNull()
      .references(() => tip.id),
    author: text({ enum: ["sender", "official"] }).notNull(),
    sealed: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [index("tip_message_by_tip").on(t.tipId, t.recordedAt)],
);

/** Which unit, or which official of it, is to see to a tip. Handed on, it is the next version. */
export const tipAssignment = sqliteTable(
  "tip_assignment",
  {
    tipId: text("tip_id").notNull(),
    version: integer().notNull(),
    unitCode: text("unit_code").notNull(),
    officialId: text("official_id"),
    by: text().notNull(), // actor
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tipId, t.version] })],
);

/** What a tip is about: a registered person, or another tip that says the same (its lead: answered once for all). */
export const tipLink = sqliteTable(
  "tip_link",
  {
    tipId: text("tip_id").notNull(),
    kind: text({ enum: ["person", "tip"] }).notNull(),
    targetId: text("target_id").notNull(),
    by: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
    removedAt: moment("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tipId, t.kind, t.targetId] }),
    index("tip_link_by_target").on(t.targetId).where(sql`removed_at IS NULL`),
    // A tip follows one lead at most.
    uniqueIndex("tip_link_lead").on(t.tipId).where(sql`kind = 'tip' AND removed_at IS NULL`),
  ],
);

/** A unit's report for a day. A correction is the next version; the old ones stay. */
export const report = sqliteTable(
  "report",
  {
    form: text().notNull(),
    date: text().notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    version: integer().notNull(),
    submissionId: text("submission_id").notNull(),
    zero: yes("zero").notNull(),
    counts: text({ mode: "json" }).$type<Record<string, number>>().notNull(),
    known: text({ mode: "json" }).$type<Record<string, number>>().notNull(), // what the service knew then
    sealed: text(), // reason and note: free text
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.form, t.date, t.unitCode, t.version] })],
);

/**
 * 累计数: what a unit's count forms came to after each entry, so that a figure as of a moment is one row a unit however many
 * days were entered. Counted whole from its days each time; recorded_at never goes back within a unit.
 */
export const countTotal = sqliteTable(
  "count_total",
  {
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    version: integer().notNull(),
    totals: text({ mode: "json" }).$type<Record<string, Record<string, number>>>().notNull(), // by form and field
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitCode, t.version] })],
);

/** Why a unit owes nothing for some days, said in advance. */
export const excuse = sqliteTable(
  "excuse",
  {
    id: text().primaryKey(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    form: text().notNull(),
    fromDate: text("from_date").notNull(),
    toDate: text("to_date").notNull(),
    sealed: text().notNull(), // reason and who excused
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [index("excuse_by_unit").on(t.unitCode, t.fromDate)],
);

/**
 * 医学观察: a person watched from day 0 to the end of `untilDate`; its id is the person's. What was found wrong or moved on
 * at the door has a row too, ended as it was opened, so that cumulative = observing + released + transferred + closed.
 * Slots are named by key (2026-01-26/evening) and ordered by the moment they close.
 */
export const observation = sqliteTable(
  "observation",
  {
    id: text().primaryKey(), // WY-0217-4486-1
    householdId: text("household_id").notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    returnee: yes("returnee").notNull(),
    kind: text({ enum: ["home", "central", "hospital"] }).notNull(), // as opened; moves stand in `placement`
    day0: text().notNull(),
    day0Rule: text("day0_rule", { enum: ["last_exposure", "left_area", "start"] }).notNull(),
    day0Evidence: text("day0_evidence", {
      enum: ["own_word", "ticket", "phone_record", "official"],
    }).notNull(),
    untilDate: text("until_date").notNull(),
    firstSlot: text("first_slot").notNull(),
    lastSlot: text("last_slot").notNull(), // as planned
    firstDueAt: moment("first_due_at").notNull(), // when the first slot closes
    plannedDueAt: moment("planned_due_at").notNull(), // when the last planned slot closes
    lastDueAt: moment("last_due_at"), // when the last owed slot closes; NULL while the last reading is abnormal
    heldAt: moment("held_at"), // since when it was abnormal, last time: what closed before is not owed beyond the plan
    openedAt: moment("opened_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    measuresAckAt: moment("measures_ack_at"),
    endedAt: moment("ended_at"),
    endedRecordedAt: moment("ended_recorded_at"),
    ending: text({ enum: ["released", "transferred", "closed"] }),
    releaseIndex: text("release_index"), // blind index of the code on the release page
    sealed: text().notNull(), // who opened it, and the note on day 0
    endSealed: text("end_sealed"), // who ended it, by name, and why
  },
  (t) => [
    index("observation_open").on(t.unitCode, t.id).where(sql`ended_at IS NULL`),
    index("observation_by_unit").on(t.unitCode, t.recordedAt),
    index("observation_ended").on(t.endedRecordedAt, t.householdId).where(sql`ended_recorded_at IS NOT NULL`),
    uniqueIndex("observation_by_release").on(t.releaseIndex).where(sql`release_index IS NOT NULL`),
  ],
);

/** Where somebody under observation was brought to: home, a central site, a hospital. */
export const placement = sqliteTable(
  "placement",
  {
    observationId: text("observation_id").notNull(),
    version: integer().notNull(),
    kind: text({ enum: ["home", "central", "hospital"] }).notNull(),
    occurredAt: moment("occurred_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.observationId, t.version] })],
);

/** A temperature and how somebody feels, for one slot. A correction is the next version; the old ones stay. */
export const reading = sqliteTable(
  "reading",
  {
    dueAt: moment("due_at").notNull(), // when its slot closes
    observationId: text("observation_id").notNull(),
    version: integer().notNull(),
    slot: text().notNull(), // 2026-01-26/morning
    temperature: integer().notNull(), // tenths of °C
    symptoms: yes("symptoms").notNull(),
    needsHelp: yes("needs_help").notNull(),
    abnormal: yes("abnormal").notNull(), // ≥ 37.3 °C or a symptom
    late: yes("late").notNull(),
    door: text({ enum: ["poster", "page", "unit", "person", "api", "desk"] }).notNull(),
    submissionId: text("submission_id").notNull(),
    takenAt: moment("taken_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    sealed: text(), // the symptoms in words, and whose link entered it
  },
  (t) => [primaryKey({ columns: [t.dueAt, t.observationId, t.version] })],
);

/** Somebody symptomatic in a unit: what clusters are counted over. Written for abnormal things only. */
export const signal = sqliteTable(
  "signal",
  {
    unitCode: text("unit_code").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    subjectId: text("subject_id").notNull(), // a person's id, or report/2026-01-26
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitCode, t.recordedAt, t.subjectId] })],
);

/** What a person did about a fever, or about a cluster. */
export const response = sqliteTable("response", {
  obligationId: text("obligation_id").primaryKey(),
  sealed: text().notNull(), // who, and what was done
  recordedAt: moment("recorded_at").notNull(),
});

/** 包保: who answers for a household in a role. A new name is the next version. */
export const careRole = sqliteTable(
  "care_role",
  {
    householdId: text("household_id").notNull(),
    role: text().notNull(),
    version: integer().notNull(),
    contactId: text("contact_id"), // where somebody also hears of fevers by mail
    sealed: text().notNull(), // name and phone
    recordedAt: moment("recorded_at").notNull(),
    removedAt: moment("removed_at"),
  },
  (t) => [primaryKey({ columns: [t.householdId, t.role, t.version] })],
);

/**
 * Something owed by a moment. `nextDueAt` is when the sweep must look next; NULL when nothing is left to say.
 * Ids are derived: daily-report/2026-11-21/511781100001, registration/WY-0217-4486, tip/T-4471-0932,
 * follow-up/WY-0217-4486-1 (one, rolling from slot to slot), response/WY-0217-4486-1/2026-01-26/evening.
 */
export const obligation = sqliteTable(
  "obligation",
  {
    id: text().primaryKey(),
    kind: text({
      enum: [
        "daily-report",
        "registration",
        "tip",
        "follow-up",
        "response",
        "cluster",
        "release",
        "care-role",
        "roster",
        "ticket",
        "retention",
        "listed",
        "letter",
        "reply",
        "count",
        "record",
        "decision",
      ],
    }).notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    subjectId: text("subject_id").notNull(), // local date, case, tip or person number
    openedAt: moment("opened_at").notNull(),
    dueAt: moment("due_at").notNull(),
    step: integer().notNull().default(0), // the ladder's step that comes next; beyond its end the last one repeats
    version: integer().notNull().default(0), // compare-and-set
    heldFor: integer("held_for").notNull().default(0), // ms by which acknowledgements put the later steps off
    ackUntil: moment("ack_until"),
    nextDueAt: moment("next_due_at"),
    metAt: moment("met_at"),
    metRecordedAt: moment("met_recorded_at"),
    excusedAt: moment("excused_at"),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [
    // Everything that a sweep must know stands in the index: looking at what is due costs one row each.
    index("obligation_next_due")
      .on(
        t.nextDueAt,
        t.id,
        t.kind,
        t.unitCode,
        t.openedAt,
        t.dueAt,
        t.step,
        t.version,
        t.heldFor,
        t.metAt,
        t.excusedAt,
      )
      .where(sql`next_due_at IS NOT NULL`),
    // The board of a whole county: the longest overdue of each kind first, without reading what is not due yet.
    index("obligation_open_by_kind")
      .on(t.kind, t.dueAt, t.unitCode)
      .where(sql`met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up'`),
    // By kind: a fever must not wait behind a thousand roles of care teams that were due before it.
    index("obligation_open_by_unit")
      .on(t.unitCode, t.kind, t.dueAt)
      .where(sql`met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up'`), // a reading moves no row of it
    // What a unit owes to tickets, and a town's units together, in the order in which it is due.
    index("obligation_open_ticket")
      .on(t.unitCode, t.dueAt)
      .where(sql`met_at IS NULL AND excused_at IS NULL AND kind = 'ticket'`),
    index("obligation_open_ticket_by_town")
      .on(sql`substr(unit_code, 1, 9)`, t.dueAt, t.unitCode)
      .where(sql`met_at IS NULL AND excused_at IS NULL AND kind = 'ticket'`),
    // A town's tips: open ones by their promise, settled ones by when; and the whole county's settled ones.
    index("obligation_tip_by_town")
      .on(sql`substr(unit_code, 1, 9)`, t.metAt, t.dueAt, t.unitCode)
      .where(sql`kind = 'tip' AND excused_at IS NULL`),
    index("obligation_tip_met")
      .on(t.metAt, t.dueAt, t.unitCode)
      .where(sql`kind = 'tip' AND excused_at IS NULL AND met_at IS NOT NULL`),
  ],
);

/** What became of an obligation in one sweep: the steps that it took up its ladder, or that it recovered. */
export const transition = sqliteTable(
  "transition",
  {
    obligationId: text("obligation_id").notNull(),
    fromVersion: integer("from_version").notNull(), // below zero: beside the ladder
    sweepId: text("sweep_id").notNull(), // '' for a recovery that the next sweep tells
    kind: text({ enum: ["notice", "overdue", "urgent", "recovered", "lapse"] }).notNull(), // the gravest of its steps
    step: integer().notNull(), // the last of its steps
    told: text({ mode: "json" }).$type<[string, string, number, number][]>().notNull().default(sql`'[]'`), // [audience, tone, step, due]
    dueAt: moment("due_at").notNull(), // when the first of its steps fell due
    owedAt: moment("owed_at").notNull().default(sql`0`), // what it is about: by when it was owed; a rolling obligation moves on
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.obligationId, t.fromVersion] }),
    index("transition_pending").on(t.recordedAt, t.owedAt).where(sql`sweep_id = ''`),
    index("transition_told").on(t.recordedAt).where(sql`told <> '[]'`), // what the audit has yet to look at
  ],
);

/**
 * Words to one recipient; the key says why, so they cannot be written twice. What is ready for one recipient at one
 * moment leaves as one message: the first row stands for it, the others are merged into it.
 */
export const outbox = sqliteTable(
  "outbox",
  {
    id: text().primaryKey(), // dedupe key: digest/<sweep>/<contact>, recovered/<sweep>/<contact>, urgent/<cause>/<contact>
    kind: text({ enum: ["digest", "recovered", "urgent"] }).notNull(),
    channel: text({ enum: ["mail", "webhook", "wecom", "dingtalk", "feishu"] })
      .notNull()
      .default("mail"),
    contactId: text("contact_id").notNull(),
    unitCode: text("unit_code").notNull(),
    sweepId: text("sweep_id").notNull(),
    tells: text({ mode: "json" })
      .$type<[string, number, string, number, number][]>()
      .notNull()
      .default(sql`'[]'`), // [obligation, from version, tone, step, again]
    state: text({
      enum: ["ready", "sending", "sent", "delivered", "failed", "unknown", "cancelled", "merged"],
    }).notNull(),
    readyAt: moment("ready_at").notNull(), // quiet hours put this off, never a clock
    batchId: text("batch_id"),
    mergedInto: text("merged_into"),
    messageId: text("message_id"), // the provider's
    problem: text(), // machine words only, never an address
    recordedAt: moment("recorded_at").notNull(), // detected
    sentAt: moment("sent_at"),
    deliveredAt: moment("delivered_at"),
  },
  (t) => [
    index("outbox_failed").on(t.recordedAt).where(sql`state = 'failed'`),
    index("outbox_by_batch").on(t.batchId).where(sql`batch_id IS NOT NULL`),
    index("outbox_unknown").on(t.recordedAt).where(sql`state = 'unknown'`),
    index("outbox_undelivered").on(t.unitCode, t.recordedAt).where(sql`state IN ('failed', 'unknown')`),
  ],
);

/**
 * Where to look for messages that are ready: what one sweep or submission wrote for one moment is one row. Whoever writes
 * them enters it, a claim that took the last of them takes it out. An index would cost a row for each message.
 */
export const outboxOpen = sqliteTable(
  "outbox_open",
  {
    way: text({ enum: ["mail", "post"] }).notNull(),
    readyAt: moment("ready_at").notNull(),
    key: text().notNull(), // the messages' ids without the recipient
  },
  (t) => [primaryKey({ columns: [t.way, t.readyAt, t.key] })],
);

/** Which message told whom about which obligation: written when the message is claimed, in the same transaction. */
export const alert = sqliteTable(
  "alert",
  {
    obligationId: text("obligation_id").notNull(),
    outboxId: text("outbox_id").notNull(),
    kind: text({ enum: ["notice", "overdue", "urgent", "recovered"] }).notNull(),
    step: integer().notNull(),
    contactId: text("contact_id").notNull(),
    dueAt: moment("due_at").notNull().default(sql`0`), // by when what it tells of was owed
    again: integer().notNull().default(0), // the how-manieth reminder of the last step
    recordedAt: moment("recorded_at").notNull(),
    ackedAt: moment("acked_at"), // 签收, once an alert
  },
  (t) => [
    primaryKey({ columns: [t.obligationId, t.dueAt, t.outboxId, t.kind] }),
    index("alert_by_outbox").on(t.outboxId),
  ],
);

/** Up to 100 messages posted together. The body is frozen (and sealed: it holds addresses) before the first attempt. */
export const outboxBatch = sqliteTable(
  "outbox_batch",
  {
    id: text().primaryKey(),
    channel: text({ enum: ["mail", "webhook", "wecom", "dingtalk", "feishu"] })
      .notNull()
      .default("mail"),
    endpoint: text(), // of a post to one endpoint: its blind index, for the pace
    state: text({ enum: ["claimed", "frozen", "sent", "failed", "unknown", "split"] }).notNull(),
    sealed: text(),
    attempts: integer().notNull().default(0),
    firstAttemptAt: moment("first_attempt_at"),
    nextAttemptAt: moment("next_attempt_at"),
    leaseUntil: moment("lease_until"),
    leaseId: text("lease_id"),
    problem: text(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [index("outbox_batch_open").on(t.nextAttemptAt).where(sql`state IN ('claimed', 'frozen')`)],
);

/** When an endpoint was posted to: what the published limits are kept over. */
export const postAttempt = sqliteTable(
  "post_attempt",
  {
    endpoint: text().notNull(), // blind index of its address
    at: moment("at").notNull(),
    batchId: text("batch_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.endpoint, t.at, t.batchId] })],
);

/** What the provider says became of a message, each event once, in whatever order it comes. */
export const deliveryEvent = sqliteTable(
  "delivery_event",
  {
    id: text().primaryKey(), // the webhook's id
    outboxId: text("outbox_id").notNull(),
    messageId: text("message_id"), // the provider's
    kind: text({
      enum: ["sent", "delivered", "delayed", "bounced", "complained", "failed", "suppressed"],
    }).notNull(),
    detail: text(), // machine words
    occurredAt: moment("occurred_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [index("delivery_event_by_outbox").on(t.outboxId, t.occurredAt)],
);

/** What could not be worked on and was set aside, so that it stops nobody else. An open one is an alarm. */
export const deadLetter = sqliteTable(
  "dead_letter",
  {
    id: text().primaryKey(), // obligation/<id>, outbox/<id>, batch/<id>
    problem: text().notNull(), // an error's class or machine words
    recordedAt: moment("recorded_at").notNull(),
    clearedAt: moment("cleared_at"),
  },
  (t) => [index("dead_letter_open").on(t.recordedAt).where(sql`cleared_at IS NULL`)],
);

/** The development mailbox; no deployment writes here. Sealed like everything that holds an address. */
export const devMail = sqliteTable("dev_mail", {
  id: text().primaryKey(),
  sealed: text().notNull(),
  recordedAt: moment("recorded_at").notNull(),
});

/** When a job last ended well. */
export const heartbeat = sqliteTable("heartbeat", {
  job: text().primaryKey(),
  at: moment("at").notNull(),
  detail: text().notNull(),
});

/**
 * Append-only, and the database refuses anything else: who did what to which subject. `actor` is a link's hash,
 * official/<id> or a role, never a name.
 */
export const audit = sqliteTable(
  "audit",
  {
    id: text().primaryKey(),
    actor: text().notNull(),
    act: text().notNull(),
    subjectId: text("subject_id").notNull(),
    unitCode: text("unit_code").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    detail: text(), // machine words: a purpose, a number of rows
    sealed: text(), // free words
  },
  (t) => [
    index("audit_by_subject").on(t.subjectId, t.recordedAt),
    index("audit_by_actor").on(t.actor, t.recordedAt),
    index("audit_by_unit").on(t.unitCode, t.recordedAt),
    index("audit_by_time").on(t.recordedAt, t.id),
  ],
);

/** The chain over the audit, part by part within a local day: each hash is keyed and covers the one before it. */
export const auditSeal = sqliteTable(
  "audit_seal",
  {
    date: text().notNull(),
    part: integer().notNull(),
    afterAt: moment("after_at").notNull(), // covers what was recorded after this moment
    uptoAt: moment("upto_at").notNull(), // up to and with this one
    rows: integer().notNull(),
    hash: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.date, t.part] }), uniqueIndex("audit_seal_by_upto").on(t.uptoAt)],
);

/** An official and their office: one role over one subtree. Another office is another row; the old one ends. */
export const official = sqliteTable(
  "official",
  {
    id: text().primaryKey(),
    emailIndex: text("email_index").notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    role: text({ enum: ["reporter", "clerk", "supervisor", "inspector", "admin"] }).notNull(),
    lang: text({ enum: ["zh-Hans", "zh-Hant", "en"] }).notNull(),
    sealed: text().notNull(), // name, email
    recordedAt: moment("recorded_at").notNull(),
    removedAt: moment("removed_at"),
  },
  (t) => [
    uniqueIndex("official_by_email").on(t.emailIndex).where(sql`removed_at IS NULL`),
    index("official_by_person").on(t.emailIndex), // every office of one person, ended ones too
    index("official_by_unit").on(t.unitCode).where(sql`removed_at IS NULL`),
  ],
);

/** Somebody asked to sign in. Unknown addresses have a row too, so that both are answered and slowed alike. */
export const signIn = sqliteTable(
  "sign_in",
  {
    id: text().primaryKey(),
    emailIndex: text("email_index").notNull(),
    officialId: text("official_id"),
    tokenHash: text("token_hash").notNull(), // of the link
    codeHash: text("code_hash").notNull(), // keyed, of id and code
    tries: integer().notNull().default(0),
    recordedAt: moment("recorded_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [
    uniqueIndex("sign_in_by_token").on(t.tokenHash),
    index("sign_in_by_email").on(t.emailIndex, t.recordedAt),
  ],
);

export const session = sqliteTable(
  "session",
  {
    tokenHash: text("token_hash").primaryKey(),
    officialId: text("official_id").notNull(),
    way: text({ enum: ["link", "code", "passkey", "dev"] }).notNull(),
    recordedAt: moment("recorded_at").notNull(),
    seenAt: moment("seen_at").notNull(), // to the next five minutes
    expiresAt: moment("expires_at").notNull(), // whatever happens
    endedAt: moment("ended_at"),
  },
  (t) => [index("session_by_official").on(t.officialId, t.recordedAt)],
);

export const passkey = sqliteTable(
  "passkey",
  {
    id: text().primaryKey(), // the credential's, base64url
    officialId: text("official_id").notNull(),
    publicKey: text("public_key").notNull(), // COSE, base64url
    counter: integer().notNull(),
    transports: text({ mode: "json" }).$type<string[]>().notNull().default(sql`'[]'`),
    label: text().notNull(),
    recordedAt: moment("recorded_at").notNull(),
    usedAt: moment("used_at"),
    removedAt: moment("removed_at"),
  },
  (t) => [index("passkey_by_official").on(t.officialId).where(sql`removed_at IS NULL`)],
);

/** What a passkey must sign, once. */
export const challenge = sqliteTable("challenge", {
  id: text().primaryKey(), // the challenge itself, base64url
  purpose: text({ enum: ["register", "sign-in"] }).notNull(),
  officialId: text("official_id"),
  recordedAt: moment("recorded_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
});

/** 督办: something a superior wants seen to, circulated to units, closed with evidence (销号), opened again if need be. */
export const ticket = sqliteTable(
  "ticket",
  {
    id: text().primaryKey(), // DB-0217-0031
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code), // whose ticket it is: the unit of who opened it
    subjectId: text("subject_id"), // the case, tip or obligation it is about
    sealed: text().notNull(), // title and text
    openedBy: text("opened_by").notNull(), // actor
    openedAt: moment("opened_at").notNull(),
    dueAt: moment("due_at").notNull(),
    closedAt: moment("closed_at"), // NULL again once reopened: its events tell
    version: integer().notNull().default(0), // compare-and-set
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [
    index("ticket_open").on(t.unitCode, t.dueAt).where(sql`closed_at IS NULL`),
    index("ticket_by_subject").on(t.subjectId).where(sql`subject_id IS NOT NULL`),
    index("ticket_by_unit").on(t.unitCode, t.recordedAt),
    index("ticket_closed").on(t.unitCode, t.closedAt).where(sql`closed_at IS NOT NULL`),
  ],
);

/** 通报: a unit that a ticket was circulated to; each owes an answer of its own: ticket/<number>/<unit>. */
export const ticketUnit = sqliteTable(
  "ticket_unit",
  {
    ticketId: text("ticket_id").notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    circulatedAt: moment("circulated_at").notNull(),
    answeredAt: moment("answered_at"),
    removedAt: moment("removed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.ticketId, t.unitCode] }),
    index("ticket_unit_by_unit").on(t.unitCode, t.circulatedAt),
  ],
);

/** What happened to a ticket, in order; nothing of it is ever changed. */
export const ticketEvent = sqliteTable(
  "ticket_event",
  {
    id: text().primaryKey(),
    ticketId: text("ticket_id").notNull(),
    kind: text({
      enum: ["opened", "circulated", "removed", "answered", "due", "closed", "reopened"],
    }).notNull(),
    unitCode: text("unit_code").notNull(), // the unit it concerns, or the one that acted
    actor: text().notNull(),
    sealed: text(), // words: what was found, the evidence
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [index("ticket_event_by_ticket").on(t.ticketId, t.recordedAt)],
);

/** 导出: a list that somebody took away, or asked to. Beyond the day's rows a second official must agree. */
export const exportRequest = sqliteTable(
  "export_request",
  {
    id: text().primaryKey(),
    officialId: text("official_id").notNull(),
    unitCode: text("unit_code").notNull(), // the subtree it is of
    kind: text({ enum: ["line-list", "go-data", "tips", "tickets", "audit"] }).notNull(),
    format: text({ enum: ["csv", "xlsx"] }).notNull(),
    masked: yes("masked").notNull(),
    filter: text({ mode: "json" }).$type<Record<string, string>>().notNull(), // no personal data: codes and days
    purpose: text().notNull(), // machine word
    sealed: text(), // the purpose in words
    date: text().notNull(), // local day it counts for
    rows: integer().notNull(),
    needsApproval: yes("needs_approval").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    approvedAt: moment("approved_at"),
    refusedAt: moment("refused_at"),
    decidedBy: text("decided_by"), // the second official's id
    takenAt: moment("taken_at"),
  },
  (t) => [
    index("export_by_official").on(t.officialId, t.date),
    index("export_waiting")
      .on(t.unitCode, t.recordedAt)
      .where(sql`needs_approval = 1 AND approved_at IS NULL AND refused_at IS NULL`),
  ],
);

/**
 * A unit's figures as of a settled moment, its subtree's and its own: written by the roll-up out of the moments, and never
 * changed. A moment without a row says what the one before it said.
 */
export const rollup = sqliteTable(
  "rollup",
  {
    unitCode: text("unit_code").notNull(),
    at: moment("at").notNull(),
    figures: text({ mode: "json" }).$type<unknown>().notNull(), // domain/rollup.ts says what
  },
  (t) => [primaryKey({ columns: [t.unitCode, t.at] })],
);

/** Which moments the whole county was rolled up for; one is worked on in pieces until it is finished. */
export const rollupRun = sqliteTable(
  "rollup_run",
  {
    at: integer({ mode: "timestamp_ms" }).primaryKey(),
    beganAt: moment("began_at").notNull(),
    doneUpTo: text("done_up_to").notNull().default(""), // the last unit's code that was counted
    finishedAt: moment("finished_at"),
    rows: integer().notNull().default(0), // read for it, for who watches what it costs
    edition: text().notNull().default(""), // what was counted then, as domain/rollup.ts names it
  },
  (t) => [index("rollup_run_open").on(t.at).where(sql`finished_at IS NULL`)],
);

/** 段落: a free paragraph of a situation report, kept until a later cut-off's is written; changed, it is the next version. */
export const paragraph = sqliteTable(
  "paragraph",
  {
    unitCode: text("unit_code").notNull(),
    template: text().notNull(),
    slot: text().notNull(), // its name and the cut-off it was written for: problems@2026-01-25T04:00:00.000Z
    version: integer().notNull(),
    sealed: text().notNull(),
    by: text().notNull(), // actor
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitCode, t.template, t.slot, t.version] })],
);

/** 情况汇报: a report as it was issued, its figures frozen. A correction is the next version and says what changed and why. */
export const situationReport = sqliteTable(
  "situation_report",
  {
    id: text().primaryKey(), // SR-20260127-…
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    template: text().notNull(),
    lang: text({ enum: ["zh-Hans", "zh-Hant", "en"] }).notNull(),
    asOf: moment("as_of").notNull(),
    fromAt: moment("from_at").notNull(), // its "today" begins after this
    version: integer().notNull(),
    figures: text({ mode: "json" }).$type<unknown>().notNull(), // domain/snapshot.ts says what
    hash: text().notNull(), // SHA-256 of the figures and the text, hexadecimal
    sealed: text().notNull(), // the text, and why there is a second version
    issuedBy: text("issued_by").notNull(), // actor
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [
    uniqueIndex("situation_report_version").on(t.unitCode, t.template, t.lang, t.asOf, t.version),
    index("situation_report_by_unit").on(t.unitCode, t.recordedAt),
  ],
);

/** 批次: a list of persons that a bureau sent down to be checked. Its rows are stored as they came, sealed. */
export const batch = sqliteTable(
  "batch",
  {
    id: text().primaryKey(), // PC-0127-0031
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code), // whose list it is: the unit of who sent it in
    source: text({ enum: ["education", "health", "police", "transport", "other"] }).notNull(),
    fileHash: text("file_hash").notNull(), // keyed: the same file twice is one batch
    sealed: text().notNull(), // what it is called, the file's name, its headings
    columns: text({ mode: "json" }).$type<Record<string, string>>(), // which column is what, once somebody has said
    rows: integer().notNull(),
    lastRow: integer("last_row").notNull(), // as the file counts: where each of the walks below ends
    storedUpTo: integer("stored_up_to").notNull().default(0), // the last row that stands in batch_row
    checkedUpTo: integer("checked_up_to").notNull().default(0), // the last row that has a result
    appliedUpTo: integer("applied_up_to").notNull().default(0), // the last row whose village owes an answer
    // Written with the rows they count, in the same transaction: a list of lists need not read every row.
    newRows: integer("new_rows").notNull().default(0),
    knownRows: integer("known_rows").notNull().default(0),
    conflictingRows: integer("conflicting_rows").notNull().default(0),
    rejectedRows: integer("rejected_rows").notNull().default(0),
    answeredRows: integer("answered_rows").notNull().default(0), // of the new ones
    foundRows: integer("found_rows").notNull().default(0),
    by: text().notNull(), // actor
    recordedAt: moment("recorded_at").notNull(),
    confirmedAt: moment("confirmed_at"), // the dry run was looked at and agreed to
    finishedAt: moment("finished_at"),
    withdrawnAt: moment("withdrawn_at"),
    closedAt: moment("closed_at"), // the search was ended: what nobody had answered by then is let go
    closedSealed: text("closed_sealed"), // by whom, and why
    sealedOffUpTo: integer("sealed_off_up_to").notNull().default(0),
    sealedOffAt: moment("sealed_off_at"), // 封存: since when what its rows said is gone; the counts stay
    version: integer().notNull().default(0), // compare-and-set
  },
  (t) => [
    uniqueIndex("batch_by_file").on(t.unitCode, t.fileHash).where(sql`withdrawn_at IS NULL`),
    index("batch_by_unit").on(t.unitCode, t.recordedAt),
    // What a minute's run looks at: lists that are checked, written out or waited for.
    index("batch_open").on(t.recordedAt).where(sql`finished_at IS NULL AND withdrawn_at IS NULL`),
    // By since when it is over; one that nobody agreed to since it came, one that is still looked for not at all.
    index("batch_to_seal_off")
      .on(
        sql`(CASE WHEN withdrawn_at IS NOT NULL THEN 0 WHEN finished_at IS NOT NULL THEN finished_at WHEN confirmed_at IS NULL THEN recorded_at END)`,
      )
      .where(sql`sealed_off_at IS NULL`),
  ],
);

/** A row of a batch: what it says, what it was found to be, and what the village answered. new + known + conflicting + rejected = rows. */
export const batchRow = sqliteTable(
  "batch_row",
  {
    batchId: text("batch_id").notNull(),
    row: integer().notNull(), // as the file counts
    sealed: text().notNull(), // its cells
    result: text({ enum: ["new", "known", "conflicting", "rejected"] }),
    faults: text({ mode: "json" }).$type<[string, string][]>().notNull().default(sql`'[]'`), // [column, machine word]
    unitCode: text("unit_code"), // which village, or town, is to find the person
    idIndex: text("id_index"),
    phoneIndex: text("phone_index"),
    nameIndex: text("name_index"),
    personId: text("person_id"), // who it was found to be: a person's id, or the row of another list, PC-0127-0031/17
    outcome: text({ enum: ["found", "not_found", "elsewhere", "closed"] }), // of a new one
    outcomeSealed: text("outcome_sealed"), // who answered, and in words
    outcomeAt: moment("outcome_at"),
    settledAt: moment("settled_at"), // an official said what a conflicting one is
    settledSealed: text("settled_sealed"), // who, and in words
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.row] }),
    index("batch_row_by_result").on(t.batchId, t.result, t.row).where(sql`result IS NOT NULL`),
    // Who is still looked for, without walking over those who were answered for.
    index("batch_row_open").on(t.batchId, t.row).where(sql`result = 'new' AND outcome IS NULL`),
    // The same person twice in a list, or in another list that is still being looked for.
    index("batch_row_by_id").on(t.idIndex).where(sql`id_index IS NOT NULL`),
    index("batch_row_by_phone").on(t.phoneIndex, t.nameIndex).where(sql`phone_index IS NOT NULL`),
  ],
);

/** How a bureau heads its columns: what was matched once is offered again. */
export const bureauColumns = sqliteTable(
  "bureau_columns",
  {
    source: text().notNull(),
    headingsHash: text("headings_hash").notNull(),
    columns: text({ mode: "json" }).$type<Record<string, string>>().notNull(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.headingsHash] })],
);

/**
 * 发函协查: a letter to another county about persons who are said to be there. Its answer is owed to the unit that wrote:
 * letter/<number>; each word that comes back is to be read there: reply/<number>/<version>.
 */
export const letter = sqliteTable(
  "letter",
  {
    id: text().primaryKey(), // XH-0127-0031
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code), // whose letter it is: the unit of who wrote it
    householdId: text("household_id").notNull(), // the case it is about
    homeCode: text("home_code").notNull(), // the unit of that case
    sealed: text().notNull(), // to whom, why, and what is passed on about whom
    linkNonce: text("link_nonce").notNull(), // what the link in use is derived from
    by: text().notNull(), // actor
    dueAt: moment("due_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    receivedAt: moment("received_at"), // the first word of the other side
    answeredAt: moment("answered_at"), // the first that says what was found
    withdrawnAt: moment("withdrawn_at"),
  },
  (t) => [
    index("letter_by_unit").on(t.unitCode, t.recordedAt),
    index("letter_by_household").on(t.householdId),
  ],
);

/**
 * What was answered to a letter; a correction is the next version. Under a case's number: what this county answered to the
 * letter that the case came with.
 */
export const letterAnswer = sqliteTable(
  "letter_answer",
  {
    letterId: text("letter_id").notNull(), // XH-0127-0031, or WY-0217-4486
    version: integer().notNull(),
    kind: text({ enum: ["received", "found", "observing", "not_found"] }).notNull(),
    door: text({ enum: ["link", "system", "desk"] }).notNull(),
    sealed: text().notNull(), // who answers, and in words
    clientId: text("client_id"), // of one that this county gave: the same again when it is posted again
    recordedAt: moment("recorded_at").notNull(),
    postedAt: moment("posted_at"), // of one that this county gave: when the other one had it
  },
  (t) => [primaryKey({ columns: [t.letterId, t.version] })],
);

/** A letter of another county that was taken over into this service. The nonce lets it in once. */
export const receivedLetter = sqliteTable(
  "received_letter",
  {
    nonce: text().primaryKey(),
    householdId: text("household_id").notNull(), // the case it became
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code),
    number: text().notNull(), // theirs
    sealed: text().notNull(), // who wrote, why, and the link by which answers go back
    dueAt: moment("due_at").notNull(),
    by: text().notNull(), // actor
    recordedAt: moment("recorded_at").notNull(),
    answeredAt: moment("answered_at"), // the first answer that says what was found
  },
  (t) => [
    uniqueIndex("received_letter_by_household").on(t.householdId),
    index("received_letter_by_unit").on(t.unitCode, t.recordedAt),
  ],
);

/** 封存: a household or tip whose matter is over, and when its personal data is sealed off. */
export const retention = sqliteTable(
  "retention",
  {
    subjectId: text("subject_id").primaryKey(), // household/WY-0217-4486, tip/T-4471-0932
    unitCode: text("unit_code").notNull(),
    dueAt: moment("due_at").notNull(),
    toldAt: moment("told_at").notNull(),
    sealedOffAt: moment("sealed_off_at"),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [index("retention_due").on(t.dueAt, t.subjectId).where(sql`sealed_off_at IS NULL`)],
);

/**
 * 登记事项: something that a record form was filled in for (a pass, a banquet, somebody at a checkpoint), as it stands. What
 * became of it, and every figure, stands in its events.
 */
export const record = sqliteTable(
  "record",
  {
    id: text().primaryKey(), // CX-0217-4486
    form: text().notNull(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => unit.code), // at whose door it was filed
    submissionId: text("submission_id").notNull(),
    state: text().notNull(), // filed, the step taken last, or withdrawn
    version: integer().notNull(), // of its last event; compare-and-set
    subjectIndex: text("subject_index"), // blind index of whom or what it is about
    facts: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(), // answers that are not personal
    sealed: text(), // the others
    counted: text({ mode: "json" }).$type<Record<string, number>>().notNull(), // what it added to its unit's figures so far
    owedId: text("owed_id"), // the obligation that its state has
    householdId: text("household_id"), // the registration that it became
    occurredAt: moment("occurred_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    dueAt: moment("due_at"), // of what is owed now
    touchedAt: moment("touched_at").notNull(), // its last event was recorded
    endedAt: moment("ended_at"), // no step is left
    sealedOffAt: moment("sealed_off_at"),
  },
  (t) => [
    index("record_by_unit").on(t.form, t.unitCode, t.occurredAt),
    index("record_open").on(t.form, t.unitCode, t.dueAt).where(sql`ended_at IS NULL`),
    index("record_by_subject").on(t.subjectIndex, t.occurredAt).where(sql`subject_index IS NOT NULL`),
    index("record_to_seal_off").on(t.endedAt).where(sql`ended_at IS NOT NULL AND sealed_off_at IS NULL`),
    index("record_quiet")
      .on(t.touchedAt)
      .where(sql`ended_at IS NULL AND owed_id IS NULL AND sealed_off_at IS NULL`),
  ],
);

/**
 * What happened to a record; nothing of it is ever changed. `totals`: what the unit's records of the form come to with it, so
 * that a figure as of a moment is one row a unit. The key lets one event of a unit and form in at a time: so it also decides
 * who was first where a quota has one place left. recorded_at never goes back within a unit and form.
 */
export const recordEvent = sqliteTable(
  "record_event",
  {
    form: text().notNull(),
    unitCode: text("unit_code").notNull(),
    seq: integer().notNull(),
    recordId: text("record_id").notNull(),
    version: integer().notNull(), // 1 is its filing
    step: text().notNull(), // filed, a step's name, or withdrawn
    actor: text().notNull(),
    submissionId: text("submission_id"),
    facts: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    sealed: text(),
    totals: text({ mode: "json" }).$type<Record<string, number>>().notNull(), // by figure
    occurredAt: moment("occurred_at").notNull(),
    recordedAt: moment("recorded_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.form, t.unitCode, t.seq] }),
    uniqueIndex("record_event_by_record").on(t.recordId, t.version),
  ],
);

/** 疑似重复: two registered persons who may be one, the later one first. Settled by a merge or by "not the same". */
export const duplicateCandidate = sqliteTable(
  "duplicate_candidate",
  {
    personId: text("person_id").notNull(),
    otherId: text("other_id").notNull(),
    why: text({ enum: ["id", "phone", "name", "hand"] }).notNull(), // the strongest that holds; hand: an official looked
    unitCode: text("unit_code").notNull(), // of the later one
    otherUnitCode: text("other_unit_code").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    settledAt: moment("settled_at"), // NULL again once a decision is undone
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.otherId] }),
    index("duplicate_candidate_by_other").on(t.otherId),
    // A county's along the moments, a town's within its units.
    index("duplicate_open").on(t.recordedAt, t.personId, t.otherId).where(sql`settled_at IS NULL`),
    index("duplicate_open_by_unit").on(t.unitCode, t.recordedAt).where(sql`settled_at IS NULL`),
    index("duplicate_settled").on(t.settledAt, t.personId, t.otherId).where(sql`settled_at IS NOT NULL`),
    index("duplicate_settled_by_unit").on(t.unitCode, t.settledAt).where(sql`settled_at IS NOT NULL`),
  ],
);

/**
 * 合并, 不是同一人: what an official found about two persons. The row keeps since when it holds and until when; found anew, it
 * is the next version. same: the first one counts as a duplicate of the other; distinct: it counts by itself.
 */
export const duplicateFinding = sqliteTable(
  "duplicate_finding",
  {
    personId: text("person_id").notNull(),
    otherId: text("other_id").notNull(),
    version: integer().notNull(),
    finding: text({ enum: ["same", "distinct"] }).notNull(),
    unitCode: text("unit_code").notNull(), // of personId
    by: text().notNull(), // actor
    sealed: text(), // why, in words
    recordedAt: moment("recorded_at").notNull(),
    undoneAt: moment("undone_at"),
    undoneBy: text("undone_by"),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.otherId, t.version] }),
    // Somebody is a duplicate of one other at most, and what holds about two persons is one thing.
    uniqueIndex("duplicate_finding_same").on(t.personId).where(sql`finding = 'same' AND undone_at IS NULL`),
    uniqueIndex("duplicate_finding_pair").on(t.personId, t.otherId).where(sql`undone_at IS NULL`),
    index("duplicate_finding_by_other").on(t.otherId),
  ],
);

/** How far a job has come that walks over what was recorded, a piece a minute. */
export const walk = sqliteTable("walk", {
  name: text().primaryKey(),
  position: text().notNull(), // what it means is the job's own
  recordedAt: moment("recorded_at").notNull(),
});
