import ora from 'ora'

/** Where a command writes: the process's own streams, or a test's. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** Shows `text` on a line of its own while `work` runs, where someone is watching; `update` changes it. */
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

/** Rows as lines, their columns aligned. */
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
