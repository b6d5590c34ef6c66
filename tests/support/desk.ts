import { addOfficial } from "../../src/db/official.ts";
import { beginSession } from "../../src/db/session.ts";
import { runBatch } from "../../src/db/store.ts";
import type { Role } from "../../src/domain/office.ts";
import { openCounty, type TestCounty } from "./worker.ts";

/*
 * The desk in a test: the officials' Worker over the same county, and officials who are signed in already.
 */
export const DESK_ORIGIN = "https://baobei.example";
export type Signed = {
  id: string;
  email: string;
  /** The session's cookie as a browser sends it. */
  cookie: string;
  /** GET as this official; redirects are not followed. */
  get: (path: string, init?: RequestInit) => Promise<Response>;
  /** A form posted from a page of the desk. */
  post: (path: string, fields?: Record<string, string>, init?: RequestInit) => Promise<Response>;
};
export type DeskCounty = TestCounty & {
  /** The officials' Worker with nobody signed in. */
  desk: (path: string, init?: RequestInit) => Promise<Response>;
  /** Puts an official into an office and signs them in. */
  signIn: (role: Role, unitCode: string, name?: string) => Promise<Signed>;
};

/** Opens a county whose desk can be reached; units are the test's to enter. */
export async function openDeskCounty(
  iso?: string,
  settings: Record<string, string> = {},
): Promise<DeskCounty> {
  const county = await openCounty(iso, settings);
  return { ...county, ...deskOf(county) };
}

/** The desk of a county that is open already. */
export function deskOf({ deps, fetch }: TestCounty): Pick<DeskCounty, "desk" | "signIn"> {
  const desk: DeskCounty["desk"] = (path, init) => fetch(path, { redirect: "manual", ...init });
  let count = 0;
  return {
    desk,
    async signIn(role, unitCode, name = "示例官员") {
      const id = deps.newId();
      const email = `${role}-${++count}-${unitCode.toLowerCase()}@sample.example`;
      const token = deps.newId().replaceAll("-", "");
      const now = deps.now();
      await runBatch(deps.db, [
        (await addOfficial(deps, { id, email, name, role, unitCode, lang: "zh-Hans", recordedAt: now }))
          .statement,
        (await beginSession(deps.db, { token, officialId: id, way: "dev", now })).statement,
      ]);
      const cookie = `__Host-baobei=${token}`;
      return {
        ...{ id, email, cookie },
        get: (path, init) => desk(path, { ...init, headers: { Cookie: cookie, ...init?.headers } }),
        post: (path, fields = {}, init) =>
          desk(path, {
            method: "POST",
            body: new URLSearchParams(fields),
            ...init,
            headers: { Cookie: cookie, Origin: DESK_ORIGIN, ...init?.headers },
          }),
      };
    },
  };
}
