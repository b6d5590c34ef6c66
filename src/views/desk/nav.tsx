import type { DeskAct } from "../../domain/office.ts";
import type { Lang } from "../../forms/define.ts";
import { DESK } from "./words.ts";

/** What the desk's pages know of who reads them; http/desk/door.tsx makes it. */
export type DeskView = {
  officer: { name: string; role: keyof typeof DESK.roles; unit: { code: string; name: string } };
  county: string;
  hotline: string;
  lang: Lang;
  now: Date;
  today: string;
  zone: string;
  at: (path?: string) => string;
  href: (path?: string) => string;
  may: (act: DeskAct) => boolean;
};

/** The desk's rooms, in the order of a day's work; those an office has no business in are left out. */
const ROOMS: { path: string; name: keyof typeof DESK.rooms; act: DeskAct }[] = [
  { path: "", name: "board", act: "look" },
  { path: "/people", name: "people", act: "look" },
  { path: "/tips", name: "tips", act: "look" },
  { path: "/tickets", name: "tickets", act: "look" },
  { path: "/batches", name: "batches", act: "look" },
  { path: "/letters", name: "letters", act: "look" },
  { path: "/records", name: "records", act: "look" },
  { path: "/units", name: "units", act: "look" },
  { path: "/figures", name: "figures", act: "look" },
  { path: "/tables", name: "tables", act: "look" },
  { path: "/reports", name: "reports", act: "look" },
  { path: "/exports", name: "exports", act: "export" },
  { path: "/audit", name: "audit", act: "audit" },
  { path: "/officials", name: "officials", act: "appoint" },
];

/** The bar under the head of every page of the desk. @param here the room this page is in */
export const DeskNav = ({ desk, here }: { desk: DeskView; here?: string }) => {
  const { lang, officer } = desk;
  return (
    <div class="desk-bar">
      <div class="column">
        <nav class="rooms" aria-label={DESK.nav[lang]}>
          {ROOMS.filter(({ act }) => desk.may(act)).map(({ path, name }) => (
            <a href={desk.href(path)} aria-current={here === path ? "page" : undefined}>
              {DESK.rooms[name][lang]}
            </a>
          ))}
        </nav>
        <p class="who">
          <a href={desk.href("/me")}>
            {officer.name}
            <span class="soft">
              {" "}
              {officer.unit.name} · {DESK.roles[officer.role][lang]}
            </span>
          </a>
        </p>
      </div>
    </div>
  );
};
