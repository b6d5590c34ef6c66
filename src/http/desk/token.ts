/** 122 random bits as 32 hexadecimal characters: two ids' worth would be more than anybody can guess, one is enough. */
export const newToken = (newId: () => string): string => newId().replaceAll("-", "");
