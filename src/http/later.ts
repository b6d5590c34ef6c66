import type { AppContext } from "./factory.ts";

/**
 * Work that the answer does not wait for. Where nobody keeps the runtime going (a test that calls the app itself) it is
 * waited for. @param work never throws
 */
export async function later(c: AppContext, work: Promise<unknown>): Promise<void> {
  const going = goingOn(c);
  if (going) going.waitUntil(work);
  else await work;
}

function goingOn(c: AppContext) {
  try {
    return c.executionCtx;
  } catch {
    return undefined;
  }
}
