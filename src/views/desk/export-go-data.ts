import type { LineRow } from "../../domain/export.ts";
import { localDate } from "../../domain/time.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { words } from "../words.ts";
import type { CellView, Column } from "./export-columns.ts";

/*
 * The line list as WHO's Go.Data imports contacts: heads are the names of its properties, reference values its own tokens,
 * days YYYY-MM-DD (docs/interop.md). What is not held here (gender, age, onset, a classification, whose contact somebody
 * is) is left out or empty, never guessed.
 */
const TOKEN = "LNG_REFERENCE_DATA_CATEGORY_";
const STATUS = "LNG_REFERENCE_DATA_CONTACT_FINAL_FOLLOW_UP_STATUS_TYPE_";

const column = (
  name: string,
  width: number,
  cell: (row: LineRow, view: CellView) => string | undefined,
): Column<LineRow> => ({ head: words(name, name, name), width, cell });

const day = (at: number | undefined, { zone }: CellView) =>
  at === undefined ? undefined : localDate(new Date(at), zone);

/** Day 0 where it is a day of exposure; where it is only the start of observation the last contact is not known. */
const lastContact = ({ day0, day0Rule }: LineRow) => (day0Rule === "start" ? undefined : day0);

const document = ({ document, documentKind }: LineRow) => {
  if (!document) return undefined;
  const kinds: Partial<Record<NonNullable<typeof documentKind>, string>> = {
    id_card: "NATIONAL_ID_CARD",
    passport: "PASSPORT",
  };
  return `${TOKEN}DOCUMENT_TYPE_${(documentKind && kinds[documentKind]) ?? "OTHER"}`;
};

const STATES: Partial<Record<LineRow["state"], string>> = {
  observing: "UNDER_FOLLOW_UP",
  due: "UNDER_FOLLOW_UP",
  held: "UNDER_FOLLOW_UP",
  released: "FOLLOW_UP_COMPLETED",
};
const status = ({ state }: LineRow) => STATES[state] && `${STATUS}${STATES[state]}`;

const TRIAGE: [(row: LineRow) => boolean, Words][] = [
  [({ contact }) => contact, words("密切接触史", "密切接觸史", "close contact")],
  [({ area }) => area, words("疫区居住或旅行史", "疫區居住或旅行史", "lived in or travelled to the area")],
  [({ symptomatic }) => symptomatic, words("登记时有症状", "登記時有症狀", "symptoms when registered")],
];
/** What was answered at registration; a classification is a clinician's to give. */
const triage = (row: LineRow, lang: Lang) =>
  TRIAGE.filter(([holds]) => holds(row))
    .map(([, said]) => said[lang])
    .join(lang === "en" ? "; " : "；");

export const GO_DATA_COLUMNS: Column<LineRow>[] = [
  column("visualId", 18, ({ id }) => id),
  column("firstName", 14, ({ name }) => name),
  column("documents[].type", 24, document),
  column("documents[].number", 21, (row) => row.document),
  column("dateOfReporting", 16, ({ recordedAt }, view) => day(recordedAt, view)),
  column("dateOfLastContact", 18, lastContact),
  column("followUp.startDate", 18, ({ day0 }) => day0),
  column("followUp.endDate", 18, ({ untilDate }) => untilDate),
  column("followUp.status", 24, status),
  column("riskReason", 24, (row, { lang }) => triage(row, lang)),
  column(
    "addresses[].typeId",
    24,
    ({ village }) => village && `${TOKEN}ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE`,
  ),
  column("addresses[].city", 14, ({ town }) => town),
  column("addresses[].locationId", 18, ({ village }) => village),
  column("addresses[].phoneNumber", 15, ({ phone }) => phone),
  column("relationship.persons[].id", 24, () => undefined),
  column("relationship.contactDate", 22, lastContact),
  column("relationship.certaintyLevelId", 26, () => undefined),
  column("baobei.export", 40, (_, { mark }) => mark),
];
