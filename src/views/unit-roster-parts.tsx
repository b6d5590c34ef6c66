import type { Child } from "hono/jsx";
import type { FieldError } from "../domain/problem.ts";
import type { Post, Span } from "../domain/roster.ts";
import { localClock, localDate } from "../domain/time.ts";
import type { DoorView } from "./unit-parts.tsx";
import { ROSTER } from "./unit-roster-words.ts";

/* What the roster's page and its forms share. */
export type ShiftView = Span & {
  id: string;
  post: Post;
  person: PersonView;
  takenOverAt: Date | null;
  notes: { text: string; at: number }[];
};
export type PersonView = {
  id: string;
  name: string;
  phone?: string;
  removed: boolean;
  unreachable: boolean;
};
export type RosterProps = {
  door: DoorView;
  clientId: string;
  /** Those who can be put on. */
  people: PersonView[];
  /** By their beginning: what ended within seven days, runs, or is to come. */
  shifts: ShiftView[];
  /** Not over, and beginning within 48 hours. */
  uncovered: Span[];
  /** The end of those 48 hours. */
  until: Date;
  /** Beyond fourteen days too. */
  all: boolean;
  /** So long after a shift, in milliseconds, its handover can be written down. */
  noteAfter: number;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
  /** What was just done, or who was first. */
  said?: string | undefined;
};

/** One shift in a list: its hours, its post and who. */
export const Line = ({ door, shift, children }: { door: DoorView; shift: ShiftView; children?: Child }) => (
  <li>
    <span class="what">{clockWords(shift, door)}</span>
    <span>
      <span class="soft">{ROSTER.posts[shift.post][door.lang]}</span> {shift.person.name}
      {shift.person.removed ? <span class="soft"> · {ROSTER.left[door.lang]}</span> : null}
      {shift.person.unreachable && !shift.person.removed ? (
        <span class="alarm"> · {ROSTER.unreachable[door.lang]}</span>
      ) : null}
    </span>
    {children}
  </li>
);

/** 08:00–20:00, 20:00–次日 08:00. */
export function clockWords({ startsAt, endsAt }: Span, { zone, lang }: DoorView): string {
  const next = localDate(endsAt, zone) > localDate(startsAt, zone);
  return `${localClock(startsAt, zone)}–${next ? `${ROSTER.nextDay[lang]} ` : ""}${localClock(endsAt, zone)}`;
}
