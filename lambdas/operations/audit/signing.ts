import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Signs the anchors of the audit trail: ECDSA on P-256 with SHA-256. */
export interface AnchorSigner {
  readonly publicKey: KeyObject
  sign(text: string): Promise<Uint8Array>
}

/** SHA-256 of a public key in DER, in hexadecimal digits. */
export const fingerprintOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')

export const isSignedBy = (publicKey: KeyObject, text: string, signature: string): boolean =>
  verify('sha256', Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64'))

/** Reads the private key in a file, which only its owner can read. The first use makes it. */
const readKeyFile = (path: string): KeyObject => {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    try {
      writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
    } catch (error) {
      // Another process has made it in the same moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return createPrivateKey(readFileSync(path, 'utf8'))
}

/** Signs with the key in a file, on a laptop. */
export const fileSigner = (path: string): AnchorSigner => {
  const key = readKeyFile(path)
  return { publicKey: createPublicKey(key), sign: async text => sign('sha256', Buffer.from(text, 'utf8'), key) }
}
