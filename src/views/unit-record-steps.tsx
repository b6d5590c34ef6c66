import type { RecordForm, RecordStep } from "../forms/define.ts";
import { stepForm, WITHDRAWN } from "../forms/record.ts";
import { FormFields, FormShell, Hidden } from "./form.tsx";
import { AskText } from "./unit-parts.tsx";
import { RAPID } from "./unit-rapid-words.ts";
import type { RecordPageProps } from "./unit-record.tsx";
import { RECORD } from "./unit-record-words.ts";

/** The record stands, the registration does not: why, and what to do about it. */
export const Missed = ({ door: { lang }, missed }: RecordPageProps) =>
  missed ? (
    <div class="note alarm unprinted" role="status">
      <p>
        <strong>{RAPID.mend[lang]}</strong>
      </p>
      {missed.map((why) => (
        <p>{why}</p>
      ))}
      <p>{RAPID.mendHint[lang]}</p>
    </div>
  ) : null;

/** What may be done now: one main button, unless the next step is another's, with its questions; other ways beside it; withdrawing behind a line of its own. */
export const RecordSteps = (props: RecordPageProps) => {
  const { door, steps, above, mayWithdraw } = props;
  const { lang } = door;
  const [main, ...others] = steps;
  if (!main && above.length === 0 && !mayWithdraw) return null;
  return (
    <section class="unprinted steps-taken" aria-label={RECORD.steps[lang]}>
      {above.length > 0 ? (
        <p class="note">
          {RECORD.waits(above.map(({ label }) => label[lang]).join(RECORD.orOf[lang]))[lang]}
        </p>
      ) : null}
      {main ? <Main {...props} step={main} /> : null}
      {others.map((step) => (
        <Other {...props} step={step} />
      ))}
      {mayWithdraw ? <Withdraw {...props} /> : null}
    </section>
  );
};

type OneStep = RecordPageProps & { step: RecordStep };
const actionOf = ({ door, form, one }: RecordPageProps, step: string) =>
  door.href(`/records/${form.name}/${one.id}/${step}`);

const Main = (props: OneStep) => {
  const { door, form, step, above, typed, clientId, units, errors } = props;
  const { lang, now, zone } = door;
  const asks = (step.fields ?? []).length > 0;
  const values = typed?.step === step.name ? typed.values : {};
  return (
    <FormShell lang={lang} action={actionOf(props, step.name)} id="step-form" now={now} zone={zone}>
      <Hidden entries={[["clientId", clientId]]} />
      {asks
        ? (stepForm(form as RecordForm, step).groups ?? []).map((group) => (
            <FormFields
              form={stepForm(form as RecordForm, step)}
              group={group}
              values={values}
              errors={errors}
              lang={lang}
              units={units}
            />
          ))
        : null}
      <button type="submit" class={above.length > 0 ? "second" : "main"} name="_go" value="send">
        {step.label[lang]}
      </button>
    </FormShell>
  );
};

/** A step that asks something is a page of its own, so that two steps never stand with their questions side by side. */
const Other = (props: OneStep) => {
  const { door, form, one, step, clientId } = props;
  const { lang } = door;
  if ((step.fields ?? []).length > 0)
    return (
      <a class="second" href={door.href(`/records/${form.name}/${one.id}?step=${step.name}`)}>
        {step.label[lang]}
      </a>
    );
  return (
    <form method="post" action={actionOf(props, step.name)}>
      <Hidden entries={[["clientId", clientId]]} />
      <button type="submit" class="second" name="_go" value="send">
        {step.label[lang]}
      </button>
    </form>
  );
};

const Withdraw = (props: RecordPageProps) => {
  const { door, clientId, errors = [], typed } = props;
  const { lang } = door;
  const wrong = errors.filter(({ path }) => path === "whyWithdrawn");
  const here = typed?.step === WITHDRAWN;
  return (
    <details class="entry" open={here}>
      <summary>{RECORD.withdraw[lang]}</summary>
      <form method="post" action={actionOf(props, WITHDRAWN)} novalidate>
        <Hidden entries={[["clientId", clientId]]} />
        <AskText
          name="whyWithdrawn"
          label={RECORD.reason[lang]}
          hint={RECORD.withdrawHint[lang]}
          errors={here ? wrong : []}
          lang={lang}
          rows={2}
          max={500}
          value={here ? String((typed?.values as { whyWithdrawn?: string })?.whyWithdrawn ?? "") : ""}
        />
        <button type="submit" class="second" name="_go" value="send">
          {RECORD.withdrawButton[lang]}
        </button>
      </form>
    </details>
  );
};
