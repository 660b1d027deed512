import ora from 'ora'

/** The output of a command: the process's streams, or those of a test. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** Shows `text` on its own line while `work` runs, if the output is a terminal. `update` changes the text. */
  readonly progress: <Result>(text: string, work: (update: (text: string) => void) => Promise<Result>) => Promise<Result>
  /** Asks for a line of text. Rejects if nobody can answer. */
  readonly ask: (question: string) => Promise<string>
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
  ask: async question => {
    if (!process.stdin.isTTY) throw new Error(`${question}: there is no terminal to ask on.`)
    const { createInterface } = await import('node:readline/promises')
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return (await lines.question(`${question}: `)).trim()
    } finally {
      lines.close()
    }
  },
}
