import type { Problem } from "../domain/problem.ts";
import type { Lang } from "../forms/define.ts";
import { Page, withLang } from "./layout.tsx";
import { PROBLEM } from "./words.ts";

/** A problem as a page in the frame: what it is, what to do next, the way home. */
export const ProblemPage = ({
  fault,
  lang,
  county,
  hotline,
  path = "/",
}: {
  fault: Problem;
  lang: Lang;
  /** What was asked for: officials are led back to their desk. */
  path?: string;
  county?: string;
  hotline?: string;
}) => {
  // A number or a name that is not there is no fault of the address.
  const elsewhere = fault.status === 404 && !["not-found", "link-unknown"].includes(fault.code);
  const help = (elsewhere ? undefined : PROBLEM.byStatus[fault.status as 404]) ?? PROBLEM.otherwise;
  const atDesk = /^\/desk(\/|$)/.test(path);
  return (
    <Page lang={lang} title={fault.title[lang]} county={county} hotline={hotline} path="/" error>
      <h1>{fault.title[lang]}</h1>
      {fault.detail ? <p>{fault.detail[lang]}</p> : null}
      {fault.errors ? (
        <ul>
          {fault.errors.map((error) => (
            <li>{error.message}</li>
          ))}
        </ul>
      ) : null}
      {fault.detail && (fault.status === 404 || fault.status === 410) ? null : <p>{help[lang]}</p>}
      <a class="second" href={withLang(atDesk ? "/desk" : "/", lang)}>
        {(atDesk ? PROBLEM.desk : PROBLEM.home)[lang]}
      </a>
    </Page>
  );
};
