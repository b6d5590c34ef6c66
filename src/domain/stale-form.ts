/*
 * A form that was posted when nobody is signed in any more: what of it its sender typed.
 */
/** The most that is shown again of one answer; all of it goes along unseen. */
const MAX_SHOWN = 2_000;

/**
 * The answers that a person typed or chose, to be shown: none that are blank, and not what the page itself put in (ids,
 * buttons, names that begin with "_").
 */
export const typedIn = (entries: readonly (readonly [string, string])[]): string[] =>
  entries
    .filter(
      ([name, text]) =>
        text.trim() !== "" && !/^_|[Ii]d$|\.id$|^(client|version|slot)\b/.test(name) && !UUID.test(text),
    )
    .map(([, text]) => [...text].slice(0, MAX_SHOWN).join(""));

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
