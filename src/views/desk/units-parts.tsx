import type { Child } from "hono/jsx";
import type { FieldError } from "../../domain/problem.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { FORM } from "../words.ts";
import { DeskNav, type DeskView } from "./nav.tsx";
import { UNITS } from "./units-words.ts";

/** A choice out of a few in one line; the error summary leads to it. */
export const AskSelect = ({
  name,
  label,
  choices,
  value,
  choose,
  errors,
  lang,
}: {
  name: string;
  label: string;
  choices: Readonly<Record<string, Words>>;
  value?: string | undefined;
  /** The empty choice in front. */
  choose?: string;
  errors: readonly FieldError[];
  lang: Lang;
}) => {
  const error = errors.find(({ path }) => path === name);
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for={`f-${name}`}>{label}</label>
      {error ? (
        <p class="error" id={`e-${name}`}>
          <span class="vh">{FORM.error[lang]}</span>
          {error.message}
        </p>
      ) : null}
      <select
        id={`f-${name}`}
        name={name}
        aria-describedby={error ? `e-${name}` : undefined}
        aria-invalid={error ? "true" : undefined}
      >
        {choose ? <option value="">{choose}</option> : null}
        {Object.entries(choices).map(([choice, said]) => (
          <option value={choice} selected={choice === value}>
            {said[lang]}
          </option>
        ))}
      </select>
    </div>
  );
};

/** One button that posts; what it is about is said to those who do not see the row. */
export const Act = ({
  desk,
  to,
  fields = {},
  label,
  about,
  look = "link",
}: {
  desk: DeskView;
  to: string;
  fields?: Record<string, string>;
  label: string;
  about?: string;
  look?: string;
}) => (
  <form method="post" action={desk.href(to)} class="inline">
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button type="submit" class={look}>
      {label}
      {about ? <span class="vh"> {about}</span> : null}
    </button>
  </form>
);

/** An act that is asked about once more before it is done. */
export const Ask = ({
  label,
  about,
  open,
  children,
}: {
  label: string;
  about?: string;
  open?: boolean;
  children?: Child;
}) => (
  <details class="entry" open={open}>
    <summary>
      {label}
      {about ? <span class="vh"> {about}</span> : null}
    </summary>
    {children}
  </details>
);

/** The units above, each a way up, as far as the official may look. */
export const Crumbs = ({
  desk,
  path,
}: {
  desk: DeskView & { sees: (code: string) => boolean };
  path: readonly { code: string; name: string }[];
}) => {
  const above = path.filter(({ code }) => desk.sees(code));
  return above.length === 0 ? null : (
    <p class="back">
      {above.map(({ code, name }, at) => (
        <>
          {at > 0 ? <span aria-hidden="true"> › </span> : null}
          <a href={desk.href(`/units?of=${code}`)}>{name}</a>
        </>
      ))}
    </p>
  );
};

/** The bar above a unit's own pages at the desk, with the way to its contacts, links and posters. */
export const UnitNav = ({ desk, unit }: { desk: DeskView; unit: { code: string; name: string } }) => (
  <>
    <DeskNav desk={desk} here="/units" />
    <nav class="column unprinted" aria-label={unit.name}>
      <p class="ways">
        <a href={desk.href(`/manage/${unit.code}`)}>{UNITS.toManage[desk.lang]}</a>
        <a href={desk.href(`/posters?of=${unit.code}`)}>{UNITS.posters[desk.lang]}</a>
      </p>
    </nav>
  </>
);
