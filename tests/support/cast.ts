import { idCardCheck } from "../../src/domain/identity.ts";
import type { RegistrationValues } from "../../src/domain/registration.ts";
import type { TipValues } from "../../src/domain/tip.ts";

/*
 * The cast as valid answers. All of it is made up and says so: 示例 in every name, region 999999 in every number.
 */
export type PersonValues = RegistrationValues["persons"][number];

/** A valid ID card number of the sample region 999999. @param birth YYYYMMDD @param serial three digits */
export function sampleIdCard(birth: string, serial: string): string {
  const digits = `999999${birth}${serial}`;
  return digits + idCardCheck(digits);
}

const healthy = { returnee: true, area: false, contact: false, symptoms: false } as const;

/** Amina, on time: back from Wuhan, well. */
export const amina = (more: Partial<PersonValues> = {}): PersonValues => ({
  name: "阿米娜·示例",
  document: { kind: "id_card", number: sampleIdCard("19880214", "102") },
  ...healthy,
  area: true,
  temperature: 36.5,
  ...more,
});
/** Bashir, overdue: back from another province, without a document at hand. */
export const bashir = (more: Partial<PersonValues> = {}): PersonValues => ({
  name: "巴希尔·示例",
  ...healthy,
  ...more,
});
/** Chen, fever: 37.3 °C and nothing else to complain of. */
export const chen = (more: Partial<PersonValues> = {}): PersonValues => ({
  name: "陈小示例",
  document: { kind: "id_card", number: sampleIdCard("19791103", "217") },
  ...healthy,
  temperature: 37.3,
  ...more,
});
/** Dawa, to be released: home before the others, a passport for a document. */
export const dawa = (more: Partial<PersonValues> = {}): PersonValues => ({
  name: "达娃·示例",
  document: { kind: "passport", number: "E99999901" },
  ...healthy,
  ...more,
});

/** A valid registration of `persons`, home an hour ago at the test county's first village. */
export const household = (
  persons: PersonValues[],
  more: Partial<Omit<RegistrationValues, "persons">> = {},
): RegistrationValues => ({
  unit: "511781100001",
  filledBy: "self",
  origin: "wuhan",
  originPlace: "示例区",
  leftOn: "2026-01-24",
  arrivedAt: "2026-01-25T01:00:00.000Z",
  transport: "train",
  transportNumber: "G9999 次 7 车厢",
  address: "示例一组 12 号",
  hasPhone: true,
  phone: "13900000001",
  note: "老人行动不便（示例）",
  ...more,
  persons,
});

/** What Wu the grid worker heard: a valid tip about the test county's first village. */
export const wuTip = (more: Partial<TipValues> = {}): TipValues => ({
  category: "unregistered",
  unit: "511781100001",
  place: "示例小区 3 栋",
  text: "昨晚看到三楼有人拖着行李回来（示例线索）",
  about: "三楼的租客（示例）",
  reachable: "wu@example.test",
  ...more,
});

/** A client id nobody else in the test uses. */
export const clientId = (number: number): string =>
  `7e57c11e-0000-4000-8000-${String(number).padStart(12, "0")}`;
