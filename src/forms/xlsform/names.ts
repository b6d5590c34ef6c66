/* Names as form files have them, out of the names of other people's forms. */

/** A field's or group's name: a small letter first, then letters, digits and underscores, forty at most. */
export function fieldName(name: string, taken: ReadonlySet<string>): string {
  const bare = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^[^A-Za-z]+/, "");
  const small = bare.charAt(0).toLowerCase() + bare.slice(1, 40);
  return unique(small.replace(/_+$/, "") === "" ? "question" : small, taken);
}

/** A choice's name: small letters, digits and underscores; one that begins with a digit gets a letter before it. */
export function choiceName(name: string, taken: ReadonlySet<string>): string {
  const bare = name.toLowerCase().replace(/[^a-z0-9_]+/g, "_");
  return unique(/^[a-z]/.test(bare) ? bare : `c${bare}`, taken);
}

/** A form's name: small letters and digits, joined by hyphens. */
export const formName = (id: string): string =>
  id
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "") || "form";

function unique(name: string, taken: ReadonlySet<string>): string {
  // What every object has would be found in an answer that nobody gave.
  const bare = name in {} ? `${name}_` : name;
  for (let n = 1; ; n++) {
    const tried = n === 1 ? bare : `${bare.slice(0, 36)}_${n}`;
    if (!taken.has(tried)) return tried;
  }
}
