import { DAY } from "./time.ts";

/*
 * Links as officials make and revoke them.
 */
/** How long a link that is made at the desk opens its door, in ms. */
export const LINK_LENGTH = 120 * DAY;

/** So many cards or posters stand on one page to print. */
export const PRINTED = 60;

/** Why a link is taken out of use: machine words of the history. */
export const REVOKE_REASONS = ["lost", "seen", "left", "other"] as const;
