import { sheetProblem } from "../domain/sheet-problem.ts";

/**
 * The bytes of a file, never more than `limit`: by its stated length before anything is read, of a stream at the first
 * chunk beyond. Throws sheetProblem.tooLarge.
 */
export async function takeBytes(
  input: Uint8Array | ReadableStream<Uint8Array>,
  limit: number,
  length = 0,
): Promise<Uint8Array> {
  if (input instanceof Uint8Array) {
    if (input.length > limit) throw sheetProblem.tooLarge(limit);
    return input;
  }
  if (length > limit) {
    await input.cancel();
    throw sheetProblem.tooLarge(limit);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = input.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > limit) {
      await reader.cancel();
      throw sheetProblem.tooLarge(limit);
    }
    chunks.push(part.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
