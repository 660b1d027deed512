import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface Ended {
  /** Null when the program did not end by itself within a minute. */
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end. The call is asynchronous, because a synchronous one would block the timeouts of tests. */
export const runProgram = async (
  program: string,
  args: readonly string[],
  { env = process.env, input = '' }: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): Promise<Ended> => {
  const child = spawn(program, args, { env, stdio: 'pipe', timeout: 60_000, killSignal: 'SIGKILL' })
  child.stdin.on('error', () => undefined).end(input)
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  return { status: child.exitCode, stdout, stderr }
}
