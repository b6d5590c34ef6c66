/* Part 3 of a unit's figures: bureaus' lists that came in and letters that went out (DOMAIN.md, Mechanisms 6 and 7). */

/** What is counted for a unit's own lists and letters. */
export type ListTally = {
  educationBatches: number;
  educationPersons: number;
  healthBatches: number;
  healthPersons: number;
  lettersSent: number;
  lettersAnswered: number;
};

export const LIST_TALLY: ListTally = {
  ...{ educationBatches: 0, educationPersons: 0, healthBatches: 0, healthPersons: 0 },
  ...{ lettersSent: 0, lettersAnswered: 0 },
};

export type ListFigures = {
  /** Lists whose dry run was agreed to, and their rows: one row is one person. */
  batches: Record<"education" | "health", { received: number; persons: number }>;
  /** Answered are those of the sent with a first answer that says what was found. */
  letters: { sent: number; answered: number };
};

/** Figures out of counts. */
export function listFigures(t: ListTally): ListFigures {
  return {
    batches: {
      education: { received: t.educationBatches, persons: t.educationPersons },
      health: { received: t.healthBatches, persons: t.healthPersons },
    },
    letters: { sent: t.lettersSent, answered: t.lettersAnswered },
  };
}
