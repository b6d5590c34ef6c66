import type { TableDefinition } from "../../forms/define-table.ts";
import { TABLE } from "./figure-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** The bureaus' tables that are made for the reader's unit. */
export const TablesPage = ({ desk, tables }: { desk: DeskView; tables: readonly TableDefinition[] }) => {
  const { lang } = desk;
  return (
    <DeskPage desk={desk} title={TABLE.title[lang]} path="/tables">
      <h1>{TABLE.title[lang]}</h1>
      <p>{TABLE.lead[lang]}</p>
      {tables.length === 0 ? <p class="note">{TABLE.none[lang]}</p> : null}
      <ul class="table-list">
        {tables.map(({ name, title, bureau, cutOff }) => (
          <li>
            <a href={desk.href(`/tables/${name}`)}>{title[lang]}</a>
            <span class="soft">
              {" "}
              {bureau[lang]} · {TABLE.cutOff(cutOff)[lang]}
            </span>
          </li>
        ))}
      </ul>
    </DeskPage>
  );
};
