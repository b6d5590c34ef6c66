import type { Problem } from "../domain/problem.ts";
import type { Lang } from "../forms/define.ts";
import { FORM } from "./words.ts";

/** A problem over a form that comes back as it was typed: what is wrong, and that sending again is safe where that helps. */
export const keptNotice = (fault: Problem, lang: Lang) => ({
  title: fault.title[lang],
  help: fault.retryAfterSeconds ? FORM.kept[lang] : undefined,
});

/** A box over a form that says what is wrong where no single answer is: too fast, sent before. */
export const Notice = ({ title, help }: { title: string; help?: string | undefined }) => (
  <div class="problems" role="alert" tabindex={-1} id="problems" autofocus>
    <h2>{title}</h2>
    {help ? <p>{help}</p> : null}
  </div>
);
