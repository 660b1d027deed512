import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { storeNewCredentials } from '../../local/credentials-file.ts'

/** Gives the clients of one test credentials for its stand-ins. */
export const stubCredentials = () => {
  const folder = mkdtempSync(join(tmpdir(), 'nestegg-credentials-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'credentials.json')
  vi.stubEnv('LOCAL_CREDENTIALS_FILE', file)
  return storeNewCredentials(file)
}
