/**
 * What npm runs: prints what the command says; what it throws goes to stderr, in its own sentence, and ends it with 1.
 * @param command takes what stands behind `--`
 */
export async function print(command: (args: string[]) => Promise<string>): Promise<void> {
  try {
    console.log(await command(process.argv.slice(2)));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
