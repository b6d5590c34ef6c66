/*
 * Stands where Resend's SDK imports postal-mime (wrangler.toml's alias). The SDK needs it to forward mail that came in,
 * which nobody here does; it would be a tenth of what a deployment uploads, most of it names of HTML's characters.
 */
export default {
  /** @throws always: says which line of wrangler.toml gives the parser back */
  parse(): never {
    throw new Error(
      "This Worker is built without postal-mime, so it cannot read inbound mail. Take its alias out of wrangler.toml.",
    );
  },
};
