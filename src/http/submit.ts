/* The doors, pages and JSON alike, hand in what they validated here. One noun a file. */

export { verifyHousehold } from "./submit-observation.ts";
export { type RegistrationReceipt, submitRegistration } from "./submit-registration.ts";
export { addToTip, submitTip, type TipReceipt, verifyTip } from "./submit-tip.ts";
