import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { replaceFile } from '../replace-file.ts'

/** Makes the client id and the secret of one start of the stand-in, and stores them in a file that its owner alone can read. */
export const storePlaidKeys = (file: string): { readonly clientId: string; readonly secret: string } => {
  const keys = { clientId: randomBytes(12).toString('hex'), secret: randomBytes(15).toString('hex') }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  replaceFile(file, JSON.stringify(keys))
  return keys
}
