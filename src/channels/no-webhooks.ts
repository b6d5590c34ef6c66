/*
 * Stands where Resend's SDK imports standardwebhooks in the desk (alias in src/cli/wrangler.ts): events of the mail provider come to
 * the public Worker alone.
 */
export class Webhook {
  /** @throws always: says which line of src/cli/wrangler.ts gives it back */
  constructor() {
    throw new Error(
      "This Worker is built without standardwebhooks. Take its alias out of src/cli/wrangler.ts.",
    );
  }
}
