import { execFileSync } from 'node:child_process'
import { readlinkSync, rmSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { readPidFile } from './server-process.ts'

/**
 * Whether a process is a PostgreSQL server of a data folder. After a crash or a restart of the machine, the number of a server that has
 * ended may belong to any other process.
 */
const isServerOf = (data: string, pid: number): boolean => {
  try {
    switch (platform()) {
      case 'linux': {
        const [folder, expected] = [statSync(`/proc/${pid}/cwd`), statSync(data)]
        const isPostgres = /\/postgres( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`))
        return isPostgres && folder.dev === expected.dev && folder.ino === expected.ino
      }
      case 'win32':
        // There, signals are named pipes that only a server of PostgreSQL has.
        return true
      default:
        return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(`postgres -D ${data} `)
    }
  } catch {
    return false
  }
}

/**
 * Finds out what postmaster.pid says about a server that a killed process left running. An unreadable file is removed: PostgreSQL does
 * not start with it.
 * @returns `running` if that server still runs; otherwise its number, which may be that of another process by now.
 */
export const findLeftOver = (data: string): { readonly running: boolean; readonly otherPid?: number } => {
  const [first] = readPidFile(data)
  if (first === undefined) return { running: false }
  const pid = Number(first)
  if (!Number.isInteger(pid) || pid <= 0) {
    rmSync(join(data, 'postmaster.pid'))
    return { running: false }
  }
  return isServerOf(data, pid) ? { running: true } : { running: false, otherPid: pid }
}
