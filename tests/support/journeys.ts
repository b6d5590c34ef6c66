import type { Page } from "playwright-core";

/*
 * What a person does on the pages, step by step, with and without JavaScript. Names are made up and say so.
 */

/** Presses the page's main button: one group on, or the whole form sent. */
export const goOn = (page: Page) => page.click("main .main");

/** Chooses an answer as a thumb does: on its words, not on the small ring. */
export const choose = (page: Page, name: string, value: string) =>
  page.click(`.choice:has(> input[name="${name}"][value="${value}"]) label`);

/** A local day of the county, YYYY-MM-DD, `days` from today. */
export const countyDay = (days: number): string =>
  new Date(Date.now() + (8 * 60 + days * 1440) * 60_000).toISOString().slice(0, 10);

/** The journey of Amina's household. The times are long enough ago that no clock makes them future. */
export async function fillTrip(page: Page): Promise<void> {
  await choose(page, "origin", "hubei");
  await page.fill('[name="leftOn"]', countyDay(-3));
  await choose(page, "transitWuhan", "yes");
  await page.fill('[name="arrivedAt.date"]', countyDay(-1));
  await page.fill('[name="arrivedAt.time"]', "08:30");
  await choose(page, "transport", "train");
}

export async function fillPerson(page: Page, at: number, name: string, temperature?: string): Promise<void> {
  await page.fill(`[name="persons.${at}.name"]`, name);
  await choose(page, `persons.${at}.returnee`, at === 0 ? "yes" : "no");
  for (const question of ["area", "contact", "symptoms"])
    await choose(page, `persons.${at}.${question}`, "no");
  if (temperature) await page.fill(`[name="persons.${at}.temperature"]`, temperature);
}

/** Amina, Bashir and Chen, who live together. */
export async function fillThree(page: Page): Promise<void> {
  await fillPerson(page, 0, "阿米娜·示例", "36.5");
  await page.click(".add");
  await fillPerson(page, 1, "巴希尔·示例");
  await page.click(".add");
  await fillPerson(page, 2, "陈小示例", "36.8");
}

export async function fillReach(page: Page): Promise<void> {
  await page.fill('[name="address"]', "示例一组 12 号");
  await choose(page, "hasPhone", "yes");
  await page.fill('[name="phone"]', "13900000001");
}
