import ora from 'ora'

/** The output of a command: the process's streams, or those of a test. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** Shows `text` on its own line while `work` runs, if the output is a terminal. `update` changes the text. */
  readonly progress: <Result>(text: string, work: (update: (text: string) => void) => Promise<Result>) => Promise<Result>
}

export const processTerminal: Terminal = {
  out: text => void process.stdout.write(text),
  error: text => void process.stderr.write(text),
  progress: async (text, work) => {
    if (!process.stderr.isTTY) return work(() => undefined)
    const spinner = ora(text).start()
    try {
      return await work(next => {
        spinner.text = next
      })
    } finally {
      spinner.stop()
    }
  },
}

/** Formats rows as lines with aligned columns. */
export const alignColumns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, index) => Math.max(all[index] ?? 0, cell.length)), [])
  return rows
    .map(
      row =>
        `${row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
