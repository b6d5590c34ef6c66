import { type Cases, some, zero } from "./wording.ts";

/*
 * Sentences that several reports turn on a figure. Zero has its own words and needs a stated zero: where a figure is
 * unknown, its gap is printed or nothing is said.
 */
const SUSPECTED = "case-status.suspected";
const CONFIRMED = "case-status.confirmed";

/** 暂未发现疑似病例和确诊病例, or which of them there are; suspected first (004). */
export const SUSPECTED_AND_CONFIRMED: Cases = [
  {
    when: zero(SUSPECTED, CONFIRMED),
    say: `{all}暂未发现新冠肺炎{${SUSPECTED}=疑似病例}和{${CONFIRMED}=确诊病例}。
      | {all}暫未發現新冠肺炎{${SUSPECTED}=疑似病例}和{${CONFIRMED}=確診病例}。`,
  },
  {
    when: (at) => zero(SUSPECTED)(at) && some(CONFIRMED)(at),
    say: `{all}现无新冠肺炎{${SUSPECTED}=疑似病例}，有确诊病例{${CONFIRMED}}例。
      | {all}現無新冠肺炎{${SUSPECTED}=疑似病例}，有確診病例{${CONFIRMED}}例。`,
  },
  {
    when: (at) => some(SUSPECTED)(at) && zero(CONFIRMED)(at),
    say: `{all}有新冠肺炎疑似病例{${SUSPECTED}}例，暂未发现{${CONFIRMED}=确诊病例}。
      | {all}有新冠肺炎疑似病例{${SUSPECTED}}例，暫未發現{${CONFIRMED}=確診病例}。`,
  },
  {
    say: `{all}有新冠肺炎疑似病例{${SUSPECTED}}例、确诊病例{${CONFIRMED}}例。
      | {all}有新冠肺炎疑似病例{${SUSPECTED}}例、確診病例{${CONFIRMED}}例。`,
  },
];

const CONTACTS = "case-status.contactsOfConfirmed";

/** The same where the confirmed come first, with the contacts of the confirmed behind them (002). */
export const CONFIRMED_SUSPECTED_CONTACTS: Cases = [
  {
    when: zero(SUSPECTED, CONFIRMED),
    say: `{all}暂未发现{${CONFIRMED}=确诊病例}和{${SUSPECTED}=疑似病例}[，与确诊病人密切接触的{${CONTACTS}}例]。
      | {all}暫未發現{${CONFIRMED}=確診病例}和{${SUSPECTED}=疑似病例}[，與確診病人密切接觸的{${CONTACTS}}例]。`,
  },
  {
    when: (at) => some(CONFIRMED)(at) && zero(SUSPECTED)(at),
    say: `{all}有确诊病例{${CONFIRMED}}例，现无{${SUSPECTED}=疑似病例}，与确诊病人密切接触的{${CONTACTS}}例。
      | {all}有確診病例{${CONFIRMED}}例，現無{${SUSPECTED}=疑似病例}，與確診病人密切接觸的{${CONTACTS}}例。`,
  },
  {
    when: (at) => zero(CONFIRMED)(at) && some(SUSPECTED)(at),
    say: `{all}暂未发现{${CONFIRMED}=确诊病例}，有疑似病例{${SUSPECTED}}例[，与确诊病人密切接触的{${CONTACTS}}例]。
      | {all}暫未發現{${CONFIRMED}=確診病例}，有疑似病例{${SUSPECTED}}例[，與確診病人密切接觸的{${CONTACTS}}例]。`,
  },
  {
    say: `{all}有确诊病例{${CONFIRMED}}例，疑似病例{${SUSPECTED}}例，与确诊病人密切接触的{${CONTACTS}}例。
      | {all}有確診病例{${CONFIRMED}}例，疑似病例{${SUSPECTED}}例，與確診病人密切接觸的{${CONTACTS}}例。`,
  },
];

const UNSETTLED = "verification.waiting+verification.overdue";

/**
 * 管控措施全部落实 only where there are households and each has been verified; otherwise how many wait. Nothing is said
 * where it is unknown.
 */
export const UNDER_CONTROL: Cases = [
  {
    when: (at) => some("verification.due")(at) && zero("verification.waiting", "verification.overdue")(at),
    say: `登记的各户均已核实，{${UNSETTLED}=管控措施已全部落实}。 | 登記的各戶均已核實，{${UNSETTLED}=管控措施已全部落實}。`,
  },
  {
    when: (at) => some("verification.waiting")(at) || some("verification.overdue")(at),
    say: `[另有{${UNSETTLED}}户尚待核实，管控措施正在逐户落实。] | [另有{${UNSETTLED}}戶尚待核實，管控措施正在逐戶落實。]`,
  },
];

/** Whether anybody under observation is unwell now. @see observation.symptomatic: by the last reading of each */
export const UNWELL: Cases = [
  {
    // Of nobody there is nothing to say.
    when: zero("observation.observing", "observation.symptomatic"),
    say: "",
  },
  {
    when: zero("observation.symptomatic"),
    say: `观察人员中{observation.symptomatic=暂未发现体温或症状异常的情况}。
      | 觀察人員中{observation.symptomatic=暫未發現體溫或症狀異常的情況}。`,
  },
  {
    say: `[观察人员中目前体温或症状异常的{observation.symptomatic}人。] | [觀察人員中目前體溫或症狀異常的{observation.symptomatic}人。]`,
  },
];
