import { tip as form } from "../../../forms/tip.ts";
import { formatReceiptCode } from "../../domain/identity.ts";
import type { FieldError } from "../../domain/problem.ts";
import type { UnitChoice } from "../field.tsx";
import { ErrorSummary, FormFields, FormShell, Hidden } from "../form.tsx";
import { momentWords } from "../moment.ts";
import { Notice } from "../notice.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { TIPS } from "./tips-words.ts";

export type NewTipProps = {
  desk: DeskView;
  input: unknown;
  clientId: string;
  units: readonly UnitChoice[];
  errors?: readonly FieldError[];
  notice?: { title: string; help?: string | undefined } | undefined;
};

/** /desk/tips/new: the tip form itself, filled in for somebody on the telephone. */
export const NewTipPage = ({ desk, input, clientId, units, errors = [], notice }: NewTipProps) => {
  const { lang } = desk;
  return (
    <DeskPage
      desk={desk}
      title={TIPS.entering[lang]}
      path="/tips/new"
      room="/tips"
      form="form"
      go="send"
      error={errors.length > 0 || notice !== undefined}
      script
    >
      <h1>{TIPS.entering[lang]}</h1>
      <div class="ticket-form">
        <FormShell lang={lang} action={desk.href("/tips/new")} now={desk.now} zone={desk.zone}>
          {notice ? <Notice {...notice} /> : null}
          <ErrorSummary errors={errors} lang={lang} />
          <p>{TIPS.enteringHelp[lang]}</p>
          <Hidden entries={[["_client", clientId]]} />
          {form.groups.map((group) => (
            <FormFields form={form} group={group} values={input} errors={errors} lang={lang} units={units} />
          ))}
          <button type="submit" class="main" name="_go" value="send">
            {TIPS.submit[lang]}
          </button>
        </FormShell>
      </div>
    </DeskPage>
  );
};

/** What the official's browser holds, sealed, until the code was read out. */
export type CodeShown = { tipId: string; code: string; unitName: string; dueAt: number };

/** The receipt code, once, in groups of four. */
export const ReadOutPage = ({ desk, shown }: { desk: DeskView; shown: CodeShown }) => {
  const { lang, zone, now } = desk;
  return (
    <DeskPage desk={desk} title={TIPS.readOut[lang]} path="/tips/receipt" room="/tips">
      <h1>{TIPS.readOut[lang]}</h1>
      <div class="panel facts">
        <p>{TIPS.code[lang]}</p>
        <p class="big code" translate="no">
          {formatReceiptCode(shown.code)}
        </p>
        <p>
          {TIPS.find[lang]} {shown.tipId}
        </p>
      </div>
      <p class="note">{TIPS.readOutHelp[lang]}</p>
      <p>{TIPS.promise(shown.unitName, momentWords(new Date(shown.dueAt), lang, zone, now))[lang]}</p>
      <form method="post" action={desk.href("/tips/receipt")}>
        <button type="submit" class="main">
          {TIPS.hasRead[lang]}
        </button>
      </form>
    </DeskPage>
  );
};
