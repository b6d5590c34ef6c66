import { type DoorView, Due } from "./unit-parts.tsx";
import { UNIT } from "./unit-words.ts";

/** How the units below stand today; db/report.ts counts it. */
export type Below = {
  expected: number;
  zero: number;
  nonZero: number;
  excused: number;
  overdue: number;
  pending: number;
  missing: { code: string; name: string; parentName: string; dueAt: Date }[];
  /** True when the list does not begin with the first. */
  continued?: boolean;
  /** The code to go on after when there are more. */
  next?: string;
};

/** A town's or the county's view of the units below it: figures with their denominator, then who is missing. */
export const BelowSection = ({ door, below }: { door: DoorView; below: Below }) => {
  const { lang } = door;
  const reported = below.zero + below.nonZero;
  return (
    <section aria-labelledby="below">
      <h2 id="below">{UNIT.below[lang]}</h2>
      {below.expected === 0 ? (
        <p class="soft">{UNIT.noneBelow[lang]}</p>
      ) : (
        <>
          <dl class="figures">
            <Figure name={UNIT.reported[lang]} n={`${reported} / ${below.expected}`} />
            <Figure name={UNIT.ofWhichZero[lang]} n={below.zero} />
            <Figure name={UNIT.missingNow[lang]} n={below.overdue} alarm={below.overdue > 0} />
            <Figure name={UNIT.stillPending[lang]} n={below.pending} />
            <Figure name={UNIT.excused[lang]} n={below.excused} />
          </dl>
          <h3>{UNIT.missingList[lang]}</h3>
          {below.missing.length === 0 ? (
            <p class="soft">{UNIT.noneMissing[lang]}</p>
          ) : (
            <ul class="board">
              {below.missing.map((unit) => (
                <li>
                  <span class="what">{unit.name}</span>
                  {unit.parentName === door.unit.name ? null : <span class="soft">{unit.parentName}</span>}
                  <Due at={unit.dueAt} door={door} />
                </li>
              ))}
            </ul>
          )}
          {below.next || below.continued ? (
            <p>
              {below.continued ? (
                <a class="link" href={`${door.href()}#below`}>
                  {UNIT.first[lang]}
                </a>
              ) : null}{" "}
              {below.next ? (
                <a class="link" href={`${door.href(`?after=${below.next}`)}#below`}>
                  {UNIT.more[lang]}
                </a>
              ) : null}
            </p>
          ) : null}
        </>
      )}
      <p>
        <a class="link" href={door.href("/excuse")}>
          {UNIT.toExcuse[lang]}
        </a>
      </p>
    </section>
  );
};

const Figure = ({ name, n, alarm }: { name: string; n: number | string; alarm?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd class={alarm ? "alarm" : undefined}>{n}</dd>
  </div>
);
