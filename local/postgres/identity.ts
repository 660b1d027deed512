import { execFileSync } from 'node:child_process'
import { platform, userInfo } from 'node:os'
import { PlatformError } from '../platform-error.ts'

export interface Identity {
  readonly uid: number
  readonly gid: number
}

const lookUp = (flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))

/**
 * The user that PostgreSQL runs as, if not the user of this process. PostgreSQL does not run as root, so for root it is the system user
 * `postgres`, which is created if it is missing.
 */
export const serverIdentity = (): Identity | undefined => {
  if (platform() === 'win32' || userInfo().uid !== 0) return undefined
  try {
    return { uid: lookUp('-u'), gid: lookUp('-g') }
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', 'postgres'], { stdio: 'ignore' })
      return { uid: lookUp('-u'), gid: lookUp('-g') }
    } catch (cause) {
      throw new PlatformError(
        'PostgreSQL does not run as root, and the system user "postgres" could not be created: create it, or start as another user.',
        { cause },
      )
    }
  }
}
