import { Webhook } from "standardwebhooks";
import type { County } from "./county.ts";
import type { Server } from "./line.ts";

/*
 * Whoever takes our webhooks: verifies them with the library, by the county's clock, and drops what comes twice by its id.
 */
export type TakenHook = { id: string; ear: string; body: string; at: number };
export type Receiver = Server & {
  taken: TakenHook[];
  /** What was wrong with what came: a signature, or other bytes under an id that was there. */
  wrong: string[];
  /** How often the same came again. */
  again: () => number;
};

export const HOOK_SECRET = "whsec_c2FtcGxlLW9ubHktc2VjcmV0LW5ldmVyLXVzZWQ=";

export function openReceiver({ ears }: County): Receiver {
  const taken: TakenHook[] = [];
  const wrong: string[] = [];
  let again = 0;
  const library = new Webhook(HOOK_SECRET);
  return {
    name: "webhook",
    host: "hook.sample.example",
    slowest: 4,
    taken,
    wrong,
    again: () => again,
    arrive: () => undefined,
    take({ url, headers, body }, at) {
      try {
        asAt(at, () => library.verify(body, Object.fromEntries(headers)));
      } catch (error) {
        wrong.push(`a webhook was refused: ${error instanceof Error ? error.message : error}`);
        return { status: 400, headers: {}, body: "" };
      }
      const ear = url.pathname.slice(1);
      if (ears.find((one) => one.id === ear)?.mood === "gone") return { status: 410, headers: {}, body: "" };
      const id = headers.get("webhook-id") ?? "";
      const before = taken.find((one) => one.id === id);
      if (before) again += 1;
      else taken.push({ id, ear, body, at });
      if (before && before.body !== body) wrong.push(`webhook ${id} came again with other bytes`);
      return { status: 204, headers: {}, body: "" };
    },
  };
}

/** The library asks the machine for the time; here the county's clock answers. */
function asAt<T>(at: number, work: () => T): T {
  const real = Date.now;
  Date.now = () => at;
  try {
    return work();
  } finally {
    Date.now = real;
  }
}
