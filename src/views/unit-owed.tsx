import type { Words } from "../forms/define.ts";
import { COUNT } from "./unit-count-words.ts";
import { type DoorView, Due } from "./unit-parts.tsx";
import { momentWords, UNIT } from "./unit-words.ts";

/** A form that is owed today: its name, its address behind the door, by when, and when it came. */
export type OwedView = { form: string; title: Words; dueAt: Date; metAt: Date | null };

/** What a unit fills in today, each with the time by which it is owed. */
export const OwedToday = ({ door, owed }: { door: DoorView; owed: readonly OwedView[] }) => {
  const { lang } = door;
  return owed.length === 0 ? null : (
    <section
      class={owed.some(({ dueAt, metAt }) => !metAt && dueAt <= door.now) ? "card alarming" : "card"}
      aria-labelledby="owed-today"
    >
      <h2 id="owed-today">{COUNT.owedToday[lang]}</h2>
      <ul class="board">
        {owed.map((one) => (
          <li>
            <a href={door.href(`/counts/${one.form}`)}>{one.title[lang]}</a>
            <OwedState door={door} {...one} />
          </li>
        ))}
      </ul>
    </section>
  );
};

/** 10:00 前 · 还有 40 分钟, or when it came and whether that was late. */
export const OwedState = ({ door, dueAt, metAt }: Pick<OwedView, "dueAt" | "metAt"> & { door: DoorView }) => {
  const { lang, now, zone, today } = door;
  const by = COUNT.by(momentWords(dueAt, zone, lang, today))[lang];
  if (metAt)
    return (
      <span class="soft">
        {by} · {UNIT.received(momentWords(metAt, zone, lang, today))[lang]}
        {metAt > dueAt ? ` · ${UNIT.dayStates.late[lang]}` : null}
      </span>
    );
  return dueAt <= now ? (
    <Due at={dueAt} door={door} />
  ) : (
    <span>
      <strong>{by}</strong> <span class="soft">{COUNT.notYet[lang]}</span>
    </span>
  );
};
