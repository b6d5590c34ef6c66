import type { Privacy } from "../../db/privacy.ts";
import { listProblem } from "../../domain/list-problem.ts";

/*
 * Where a list goes on, as an address may carry it: sealed, because a key holds numbers of cases, and bound to the list it
 * was made for. Nothing that a reader made up or altered opens.
 */
type Cursor = readonly (string | number)[];

/** @param list what the cursor is good for: the room, the scope and the filter */
export const sealCursor = async (privacy: Privacy, key: Cursor, list: string): Promise<string> =>
  privacy.seal(key, list, "cursor");

/** The key behind it. Throws cursorUnknown for one of another list, an altered or a made-up one. */
export async function openCursor(
  privacy: Privacy,
  cursor: string,
  list: string,
): Promise<(string | number)[]> {
  // Never longer than the longest key: what somebody types is not worth more work.
  if (!/^[\w-]{1,16}\.[\w-]{16}\.[\w-]{22,400}$/.test(cursor)) throw listProblem.cursorUnknown();
  try {
    return await privacy.open<(string | number)[]>(cursor, list, "cursor");
  } catch {
    throw listProblem.cursorUnknown();
  }
}
