// Written by `npm run forms` from the files of this folder: a new form is a file, and this is not edited.
import type { Words } from "../src/forms/define.ts";

/** What each count form, and one record of each record form, is called, by the form's name. */
export const formTitles: Readonly<Record<string, Words>> = {
  absence: {
    "zh-Hans": "因病缺勤",
    "zh-Hant": "因病缺勤",
    en: "absence",
  },
  banquet: {
    "zh-Hans": "红白事",
    "zh-Hant": "紅白事",
    en: "banquet",
  },
  "case-status": {
    "zh-Hans": "确诊和疑似情况",
    "zh-Hant": "確診和疑似情況",
    en: "Cases",
  },
  checkpoint: {
    "zh-Hans": "过卡记录",
    "zh-Hant": "過卡記錄",
    en: "checkpoint entry",
  },
  closures: {
    "zh-Hans": "关停、劝停和消杀",
    "zh-Hant": "關停、勸停和消殺",
    en: "Closures and disinfection",
  },
  "exit-pass": {
    "zh-Hans": "出入证",
    "zh-Hant": "出入證",
    en: "pass",
  },
  "fever-clinic": {
    "zh-Hans": "发热门诊",
    "zh-Hant": "發熱門診",
    en: "clinic",
  },
  "morning-check": {
    "zh-Hans": "学校晨检",
    "zh-Hant": "學校晨檢",
    en: "Morning check",
  },
  "noon-check": {
    "zh-Hans": "学校午检",
    "zh-Hant": "學校午檢",
    en: "Noon check",
  },
  organisation: {
    "zh-Hans": "组织和网格",
    "zh-Hant": "組織和網格",
    en: "Organisation",
  },
  publicity: {
    "zh-Hans": "宣传引导",
    "zh-Hant": "宣傳引導",
    en: "Publicity",
  },
  screening: {
    "zh-Hans": "筛查、卡点和名单",
    "zh-Hant": "篩查、卡點和名單",
    en: "Screening, checkpoints and lists",
  },
  "supplies-on-hand": {
    "zh-Hans": "防控物资在手",
    "zh-Hant": "防控物資在手",
    en: "Supplies on hand",
  },
  "travel-survey": {
    "zh-Hans": "外出人员",
    "zh-Hant": "外出人員",
    en: "traveller",
  },
};
