import type { FieldError } from "../../domain/problem.ts";
import type { Words } from "../../forms/define.ts";
import { AskChoice, AskText, Facts } from "../unit-parts.tsx";
import { RECORD } from "./case-words.ts";
import type { DeskView } from "./nav.tsx";

/** Personal data on the answer to a recorded look. */
export type RevealedView = {
  name: string;
  document?: { kind: string; number?: string } | undefined;
  phone?: string | undefined;
  address?: string | undefined;
  contactName?: string | undefined;
  contactPhone?: string | undefined;
  note?: string | undefined;
};

/** Shown once; never kept by the browser, never printed. */
export const Revealed = ({ desk: { lang }, reveal }: { desk: DeskView; reveal: RevealedView }) => {
  const { document: paper } = reveal;
  const kinds = RECORD.documents as Record<string, (typeof RECORD.documents)[keyof typeof RECORD.documents]>;
  const kind = paper && (kinds[paper.kind]?.[lang] ?? paper.kind);
  return (
    <section class="card unprinted" aria-labelledby="revealed">
      <h2 id="revealed">{RECORD.revealed[lang]}</h2>
      <p role="status">{RECORD.recorded[lang]}</p>
      <Facts
        facts={[
          [RECORD.name[lang], reveal.name],
          [RECORD.document[lang], paper?.number ? `${kind} ${paper.number}` : RECORD.notGiven[lang]],
          [RECORD.phone[lang], call(reveal.phone) ?? RECORD.notGiven[lang]],
          [RECORD.address[lang], reveal.address ?? RECORD.notGiven[lang]],
          [RECORD.contact[lang], reveal.contactName],
          [`${RECORD.contact[lang]} ${RECORD.phone[lang]}`, call(reveal.contactPhone)],
          [RECORD.note[lang], reveal.note],
        ]}
      />
    </section>
  );
};

const call = (number: string | undefined) =>
  number ? (
    <a class="link" href={`tel:${number}`}>
      {number}
    </a>
  ) : undefined;

/** What for, before anything is shown; or who may. */
export const AskReveal = ({
  desk,
  path,
  hint = RECORD.revealHint,
  errors,
  typed = {},
}: {
  desk: DeskView;
  /** The page that shows it, behind /desk. */
  path: string;
  hint?: Words;
  errors: readonly FieldError[];
  typed?: Record<string, string> | undefined;
}) => {
  const { lang } = desk;
  return (
    <section class="unprinted" aria-labelledby="reveal">
      <h2 id="reveal">{RECORD.reveal[lang]}</h2>
      {desk.may("reveal") ? (
        <form method="post" action={desk.href(`${path}/reveal`)} class="narrow-form">
          <AskChoice
            name="purpose"
            label={RECORD.purpose[lang]}
            hint={hint[lang]}
            errors={errors}
            lang={lang}
            choices={RECORD.purposes}
            value={typed.purpose}
          />
          <AskText
            name="text"
            label={RECORD.text[lang]}
            hint={RECORD.textHint[lang]}
            errors={errors}
            lang={lang}
            rows={2}
            max={500}
            value={typed.text}
          />
          <button type="submit" class="second">
            {RECORD.reveal[lang]}
          </button>
        </form>
      ) : (
        <p class="note">{RECORD.mayNot[lang]}</p>
      )}
    </section>
  );
};
