import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PlatformError } from '../platform-error.ts'
import type { SpawnOptions } from './data-folder.ts'

export interface ServerProcess {
  /** Resolves when the process has ended, for whatever reason. This process may end before it. */
  readonly ended: Promise<unknown>
  /** Waits for that end, and keeps this process running until then. */
  end(): Promise<unknown>
}

export interface Launch {
  readonly postgres: string
  /** The data folder, by its path on this machine and by the name under which the server knows it. */
  readonly data: string
  readonly name: string
  readonly log: string
  readonly settings: readonly string[]
  readonly options: SpawnOptions
  /** A folder that the server gets open, as file 3. */
  readonly openFolder?: string | undefined
}

const pollMilliseconds = 20
/** The processes of a server that was killed end when they notice it. Until then, no other server can start. */
const attemptMilliseconds = 200
const maximumAttempts = 150

/** The lines of postmaster.pid; none if there is no such file. */
export const readPidFile = (data: string): readonly string[] => {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** The line of postmaster.pid with the state of the server (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_PM_STATUS). */
const statusLine = 7

const launchOnce = async ({ data, log, name, openFolder, options, postgres, settings }: Launch): Promise<ServerProcess | undefined> => {
  const output = openSync(log, 'a')
  const further = openFolder === undefined ? [] : [openSync(openFolder, 'r')]
  // A session of its own, so that the Ctrl-C of a terminal reaches the platform only, which stops its server last.
  const child = spawn(postgres, ['-D', name, ...settings], {
    ...options,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output, output, ...further],
  })
  for (const file of [output, ...further]) closeSync(file)
  const ended = once(child, 'exit').catch((error: unknown) => error)
  child.unref()
  const state = { running: true }
  void ended.then(() => (state.running = false))
  for (let running = true; running; ) {
    // Read before the file: a server that was ready and has ended already leaves its file, and was started all the same.
    running = state.running
    const lines = readPidFile(data)
    if (Number(lines[0]) === child.pid && lines[statusLine]?.trim() === 'ready')
      return {
        ended,
        end: () => {
          child.ref()
          return ended
        },
      }
    await delay(pollMilliseconds)
  }
  const end = await ended
  if (end instanceof Error) throw new PlatformError(`PostgreSQL could not be started (${end.message}).`, { cause: end })
  return undefined
}

/**
 * Starts the server, and waits until it accepts connections.
 * @throws PlatformError with the end of the server's log if it ends before.
 */
export const launch = async (settings: Launch): Promise<ServerProcess> => {
  for (let attempt = 1; ; attempt += 1) {
    const server = await launchOnce(settings)
    if (server) return server
    const tail = readFileSync(settings.log, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
    if (attempt === maximumAttempts || !tail.includes('is still in use'))
      throw new PlatformError(`PostgreSQL did not start with the data folder ${settings.data}. The end of its log:\n${tail}`)
    await delay(attemptMilliseconds)
  }
}
