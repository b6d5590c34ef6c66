import type { Child } from "hono/jsx";
import { Page } from "../layout.tsx";
import { DESK_ASSETS } from "./assets.ts";
import { DeskNav, type DeskView } from "./nav.tsx";

/** A page of the desk. @property path its own address behind /desk, with its query: "/tips?state=open" */
export type DeskPageProps = {
  desk: DeskView;
  title: string;
  path: string;
  /** The room of the bar it belongs to, where that is not its path: "/tips". */
  room?: string;
  /** The id of the form whose answers a language switch keeps. */
  form?: string;
  /** What Enter in one of its fields means. */
  go?: string;
  error?: boolean;
  script?: boolean;
  js?: string;
  children?: Child;
};

/** The frame of the desk's pages: the county's head, the rooms, one wide column. */
export const DeskPage = ({ desk, title, path, room, children, js, ...rest }: DeskPageProps) => (
  <Page
    {...rest}
    lang={desk.lang}
    title={title}
    county={desk.county}
    path={desk.at(path)}
    hotline={desk.hotline}
    wide
    desk
    more={{ css: DESK_ASSETS.css, js }}
    nav={<DeskNav desk={desk} here={room ?? path.replace(/\?.*$/, "")} />}
  >
    {children}
  </Page>
);
