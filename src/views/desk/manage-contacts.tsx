import { addressMasked, CONTACT_CHANNELS, CONTACT_ROLES } from "../../domain/contact.ts";

import type { ChannelKind } from "../../domain/ladder.ts";
import { maskName } from "../../domain/mask.ts";
import { LANGS, type Lang } from "../../forms/define.ts";
import { ALERT, problemWords } from "../alert-words.ts";
import { momentWords } from "../moment.ts";
import { AskText } from "../unit-parts.tsx";
import { LANGUAGE_NAMES, words } from "../words.ts";
import type { ManageProps } from "./manage.tsx";
import { Act, Ask, AskSelect } from "./units-parts.tsx";
import { CONTACT } from "./units-words.ts";

export type ContactView = {
  id: string;
  role: string;
  channel: ChannelKind;
  lang: Lang;
  details: { name: string; email?: string; phone?: string; url?: string };
  recordedAt: Date;
  unreachableAt: Date | null;
  unreachableWhy: string | null;
};
export type Contacts = {
  contacts: readonly ContactView[];
  /** The contact whose name and address stand open: somebody looked, on record. */
  revealed?: string | undefined;
};

/** Who hears for the unit: masked, until somebody looks on record. */
export const ContactSection = (props: ManageProps) => {
  const { desk, contacts, mayManage } = props;
  const { lang } = desk;
  const told = contacts.filter(({ role }) => role !== "inspector");
  return (
    <section aria-labelledby="contacts">
      <h2 id="contacts">{CONTACT.title[lang]}</h2>
      {told.length === 0 ? <p class="note alarm">{CONTACT.none[lang]}</p> : null}
      {told.length > 0 && told.every(({ unreachableAt }) => unreachableAt) ? (
        <p class="note alarm">{CONTACT.allLost[lang]}</p>
      ) : null}
      {contacts.length > 0 ? <Board {...props} /> : null}
      {mayManage ? <Add {...props} /> : null}
    </section>
  );
};

const Board = ({ desk, contacts, unit, revealed, mayManage }: ManageProps) => {
  const { lang, zone, now } = desk;
  const reveals = desk.may("reveal");
  const base = `/manage/${unit.code}/contacts`;
  const heads = [CONTACT.role, CONTACT.who, CONTACT.channel, CONTACT.address, CONTACT.state];
  return (
    <table class="board">
      <thead>
        <tr>
          {[...heads, ...(reveals ? [CONTACT.acts] : [])].map((head) => (
            <th scope="col">{head[lang]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {contacts.map(({ id, role, channel, details, unreachableAt, unreachableWhy }) => {
          const open = id === revealed;
          const name = open ? details.name : maskName(details.name);
          const address = open ? (details.url ?? details.email) : addressMasked(details);
          return (
            <tr id={`c-${id}`}>
              <th scope="row">{ALERT.roles[role as keyof typeof ALERT.roles][lang]}</th>
              <td data-head={CONTACT.who[lang]}>{name}</td>
              <td data-head={CONTACT.channel[lang]}>{ALERT.channels[channel][lang]}</td>
              <td data-head={CONTACT.address[lang]}>
                <span class={open ? "long" : undefined}>{address}</span>
                {open && details.phone ? <> · {details.phone}</> : null}
                {open ? (
                  <span class="soft" role="status">
                    {" "}
                    {CONTACT.revealed[lang]}
                  </span>
                ) : null}
              </td>
              <td data-head={CONTACT.state[lang]}>
                {unreachableAt ? (
                  <span class="alarm">
                    {CONTACT.lostSince(momentWords(unreachableAt, lang, zone, now))[lang]}
                    {unreachableWhy ? ` · ${problemWords(unreachableWhy, lang)}` : ""}
                  </span>
                ) : (
                  CONTACT.fine[lang]
                )}
              </td>
              {reveals ? (
                <td class="acts">
                  {open ? null : (
                    <Act desk={desk} to={`${base}/${id}/reveal`} label={CONTACT.reveal[lang]} about={name} />
                  )}
                  {mayManage && unreachableAt ? (
                    <Act desk={desk} to={`${base}/${id}/clear`} label={CONTACT.clear[lang]} about={name} />
                  ) : null}
                  {mayManage ? (
                    <Ask label={CONTACT.remove[lang]} about={name}>
                      <p>{CONTACT.removeSure[lang]}</p>
                      <Act
                        desk={desk}
                        to={`${base}/${id}/remove`}
                        label={CONTACT.removeButton[lang]}
                        about={name}
                        look="second"
                      />
                    </Ask>
                  ) : null}
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const ROLE_CHOICES = Object.fromEntries(CONTACT_ROLES.map((role) => [role, ALERT.roles[role]]));
const CHANNEL_CHOICES = Object.fromEntries(
  CONTACT_CHANNELS.map((channel) => [channel, ALERT.channels[channel]]),
);
const LANG_CHOICES = Object.fromEntries(
  LANGS.map((lang) => [lang, words(LANGUAGE_NAMES[lang], LANGUAGE_NAMES[lang], LANGUAGE_NAMES[lang])]),
);
const FIELDS = ["role", "channel", "lang", "name", "email", "phone", "url", "secret"];

const Add = ({ desk, unit, contacts, errors, typed }: ManageProps) => {
  const { lang } = desk;
  const common = { errors, lang };
  const wrong = errors.some(({ path }) => FIELDS.includes(path));
  return (
    <Ask label={CONTACT.add[lang]} open={wrong || contacts.length === 0}>
      <p class="hint">{CONTACT.addHint[lang]}</p>
      <form method="post" action={desk.href(`/manage/${unit.code}/contacts`)} class="narrow-form" novalidate>
        <AskSelect
          {...common}
          name="role"
          label={CONTACT.role[lang]}
          choices={ROLE_CHOICES}
          value={typed.role ?? "contact"}
        />
        <AskText {...common} name="name" label={CONTACT.name[lang]} max={40} value={typed.name} />
        <AskSelect
          {...common}
          name="channel"
          label={CONTACT.channel[lang]}
          choices={CHANNEL_CHOICES}
          value={typed.channel ?? "mail"}
        />
        <AskText
          {...common}
          name="email"
          type="email"
          label={CONTACT.email[lang]}
          max={200}
          value={typed.email}
        />
        <AskText
          {...common}
          name="phone"
          type="tel"
          label={CONTACT.phone[lang]}
          max={30}
          value={typed.phone}
        />
        <AskText {...common} name="url" label={CONTACT.url[lang]} max={2048} value={typed.url} />
        <AskText {...common} name="secret" label={CONTACT.secret[lang]} max={200} value={typed.secret} />
        <AskSelect
          {...common}
          name="lang"
          label={CONTACT.lang[lang]}
          choices={LANG_CHOICES}
          value={typed.lang ?? lang}
        />
        <button type="submit" class="main">
          {CONTACT.addButton[lang]}
        </button>
      </form>
    </Ask>
  );
};
