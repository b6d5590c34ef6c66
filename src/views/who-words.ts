import { words } from "./words.ts";

/** Who acted, where no name is theirs to be told. */
export const WHO = {
  own: words("本单位", "本單位", "this unit"),
  other: words("其他单位", "其他單位", "another unit"),
};
