type Schema = { [keyword: string]: unknown };

/**
 * What of `value` does not fit a JSON Schema of the OpenAPI document: a line for each fault, none when it fits. Knows
 * the keywords that the document uses; a keyword it does not know is itself a fault.
 */
export function misfits(document: Schema, schema: Schema, value: unknown, path = "$"): string[] {
  const faults: string[] = [];
  const inner = (sub: unknown, part: unknown, at: string) => misfits(document, sub as Schema, part, at);
  for (const [keyword, wanted] of Object.entries(schema)) {
    const fail = () =>
      faults.push(`${path}: ${keyword} ${JSON.stringify(wanted)} against ${JSON.stringify(value)}`);
    switch (keyword) {
      case "$ref":
        faults.push(...inner(resolve(document, String(wanted)), value, path));
        break;
      case "oneOf":
        if ((wanted as Schema[]).filter((one) => inner(one, value, path).length === 0).length !== 1) fail();
        break;
      case "type":
        if (![wanted].flat().some((type) => isOf(String(type), value))) fail();
        break;
      case "const":
        if (value !== wanted) fail();
        break;
      case "enum":
        if (!(wanted as unknown[]).includes(value)) fail();
        break;
      case "minimum":
        if (typeof value === "number" && value < Number(wanted)) fail();
        break;
      case "maximum":
        if (typeof value === "number" && value > Number(wanted)) fail();
        break;
      case "multipleOf":
        if (typeof value === "number" && value % Number(wanted) !== 0) fail();
        break;
      case "minLength":
        if (typeof value === "string" && value.length < Number(wanted)) fail();
        break;
      case "maxLength":
        if (typeof value === "string" && value.length > Number(wanted)) fail();
        break;
      case "pattern":
        if (typeof value === "string" && !new RegExp(String(wanted), "u").test(value)) fail();
        break;
      case "format":
        if (typeof value === "string" && !FORMATS[String(wanted)]?.test(value)) fail();
        break;
      case "minItems":
        if (Array.isArray(value) && value.length < Number(wanted)) fail();
        break;
      case "maxItems":
        if (Array.isArray(value) && value.length > Number(wanted)) fail();
        break;
      case "uniqueItems":
        if (Array.isArray(value) && new Set(value).size !== value.length) fail();
        break;
      case "items":
        if (Array.isArray(value))
          for (const [at, one] of value.entries()) faults.push(...inner(wanted, one, `${path}[${at}]`));
        break;
      case "required":
        if (
          isOf("object", value) &&
          (wanted as string[]).some((name) => !Object.hasOwn(value as object, name))
        )
          fail();
        break;
      case "properties":
        if (isOf("object", value))
          for (const [name, sub] of Object.entries(wanted as Schema))
            if (Object.hasOwn(value as object, name))
              faults.push(...inner(sub, (value as Schema)[name], `${path}.${name}`));
        break;
      case "additionalProperties":
        if (isOf("object", value))
          for (const [name, part] of Object.entries(value as Schema)) {
            if (Object.hasOwn((schema.properties ?? {}) as object, name)) continue;
            if (wanted === false) faults.push(`${path}.${name}: is not described`);
            else if (wanted !== true) faults.push(...inner(wanted, part, `${path}.${name}`));
          }
        break;
      default:
        if (!["title", "description", "x-personal", "x-indicator"].includes(keyword))
          faults.push(`${path}: keyword ${keyword} is unknown`);
    }
  }
  return faults;
}

/** A part of the document by its pointer, #/components/schemas/Problem. */
export function resolve(document: Schema, pointer: string): Schema {
  return pointer
    .split("/")
    .slice(1)
    .reduce((at: Schema, key) => at[key.replace(/~1/g, "/").replace(/~0/g, "~")] as Schema, document);
}

const FORMATS: Record<string, RegExp> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  uri: /^[a-z]+:\S+$/,
};

function isOf(type: string, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
