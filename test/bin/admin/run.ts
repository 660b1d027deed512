import { runAdmin } from '../../../bin/admin/program.ts'
import type { Terminal } from '../../../bin/admin/terminal.ts'

/** Runs one operator command in this process and returns what it wrote and its exit code. */
export const admin = async (...argv: string[]): Promise<{ code: number; out: string; error: string }> => {
  const written = { out: '', error: '' }
  const terminal: Terminal = {
    out: text => void (written.out += text),
    error: text => void (written.error += text),
    progress: async (_, work) => work(() => undefined),
    ask: async question => `answer to ${question}`,
  }
  const code = await runAdmin(argv, terminal)
  return { code, ...written }
}
