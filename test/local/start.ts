import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = join(import.meta.dirname, '../../bin/local.ts')

export interface Started {
  readonly process: ChildProcess
  /** Waits until the output matches or the program ends, and returns the match. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** The output so far. */
  output(): string
  /** Sends a signal, if one is given, and waits for the end. Returns the exit code, or the signal that ended the program. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

/** Starts the platform in a new process, as `npm start` does. */
export const startProgram = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Started => {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return {
    process: child,
    output: () => output,
    printed: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output)
          if (match) resolve(match)
        }
        child.stdout.on('data', look)
        child.once('close', () => reject(new Error(`It ended without printing ${String(pattern)}:\n${output}`)))
        look()
      }),
    end: async signal => {
      if (signal) child.kill(signal)
      const [code, by] = await ended
      return code ?? by
    },
  }
}

/** A folder that only its owner can enter. */
export const makeFolder = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'nestegg-start-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
