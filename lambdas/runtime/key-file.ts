import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A key cannot be read. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused'
}

export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** Encrypts bytes with AES-256-GCM: a nonce, the encrypted bytes, and the tag. `context` is checked when they are decrypted. */
export const seal = (key: Uint8Array, context: string, plain: Uint8Array): Buffer => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Reverses `seal`. Throws if the key or the context is another one, or a bit was changed. */
export const unseal = (key: Uint8Array, context: string, sealed: Uint8Array): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes }).setAAD(
    Buffer.from(context),
  )
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
}

/**
 * The key in a file, in base64.
 * @param lost what cannot be done without it, as a sentence
 * @throws KeyRefused
 */
export const readKeyFile = async (path: string, lost: string): Promise<Uint8Array> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw isMissing ? new KeyRefused(`The key file ${path} is missing. ${lost}`) : error
  })
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== keyBytes) throw new KeyRefused(`The key file ${path} does not hold a key of ${keyBytes} bytes in base64.`)
  return key
}

/** Reads the key file, or makes it if there is none. Two processes that make it at the same time get the same one. */
export const readOrMakeKeyFile = async (path: string): Promise<Uint8Array> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const making = `${path}.${process.pid}-${performance.now()}`
  await writeFile(making, randomBytes(keyBytes).toString('base64'), { mode: 0o600, flush: true })
  await link(making, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(making)
  return readKeyFile(path, '')
}

/** Where a rotation makes the next key file. While there is one, keys are encrypted with either file. */
export const nextOf = (path: string): string => `${path}.next`

/** The key in the file, and that of a rotation that was stopped. */
export const readKeyFiles = async (path: string, lost: string): Promise<Uint8Array[]> => [
  await readKeyFile(path, lost),
  ...(existsSync(nextOf(path)) ? [await readKeyFile(nextOf(path), lost)] : []),
]

/** Decrypts with the first key that fits; undefined if none does. */
export const unsealWithAny = (keys: readonly Uint8Array[], context: string, sealed: Uint8Array): Buffer | undefined => {
  for (const key of keys) {
    try {
      return unseal(key, context, sealed)
    } catch {
      // It was encrypted with another key, or was changed.
    }
  }
  return undefined
}
