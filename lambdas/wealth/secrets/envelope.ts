import { createHash, randomBytes } from 'node:crypto'
import { DecryptCommand, GenerateDataKeyCommand, KMSClient, ReEncryptCommand } from '@aws-sdk/client-kms'
import * as z from 'zod'
import { readEnvironment, required } from '../../runtime/environment.ts'
import { keyBytes, KeyRefused, nextOf, readKeyFiles, readOrMakeKeyFile, seal, unseal, unsealWithAny } from '../../runtime/key-file.ts'

/** A secret as it is stored: encrypted with a data key of its own, which another key has encrypted. All in base64. */
export const sealedSecret = z.object({
  sealed: z.base64(),
  wrappedKey: z.base64(),
  /** The key that has encrypted the data key: its ARN in KMS, or the beginning of the hash of a key file. */
  keyId: z.string(),
})
export type SealedSecret = Readonly<z.output<typeof sealedSecret>>

/** The row of a secret. It is part of the encryption, so that a secret that was copied into another row cannot be read there. */
export interface SecretPlace {
  readonly householdId: string
  readonly kind: 'plaid-access-token' | 'account-credential'
  readonly id: string
}

interface DataKey {
  readonly plain: Uint8Array
  readonly wrapped: Uint8Array
  readonly keyId: string
}

/** The key that encrypts data keys. */
export interface WrappingKey {
  make(place: SecretPlace): Promise<DataKey>
  /** @throws KeyRefused */
  open(secret: Pick<SealedSecret, 'keyId' | 'wrappedKey'>, place: SecretPlace): Promise<Uint8Array>
  /** Encrypts a data key again, with the newest key. @throws KeyRefused */
  rewrap(secret: Pick<SealedSecret, 'keyId' | 'wrappedKey'>, place: SecretPlace): Promise<Pick<SealedSecret, 'keyId' | 'wrappedKey'>>
}

const contextOf = ({ householdId, id, kind }: SecretPlace) => ({ householdId, kind, id })
const textOf = ({ householdId, id, kind }: SecretPlace): string => `${householdId} ${kind} ${id}`
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** What KMS answers when the data key is another one, was changed, or belongs to another row, or when the key is disabled or being deleted. */
const refusals = new Set([
  'InvalidCiphertextException',
  'IncorrectKeyException',
  'DisabledException',
  'KMSInvalidStateException',
  'NotFoundException',
])

const refuse = (error: unknown): never => {
  throw error instanceof Error && refusals.has(error.name) ? new KeyRefused(`KMS refuses the key of a secret: ${error.name}.`) : error
}

const kms = new KMSClient()

/** In AWS: a key in KMS, which leaves it never. */
export const kmsWrappingKey = (keyId: string, client = kms): WrappingKey => ({
  make: async place => {
    const answer = await client.send(new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: contextOf(place) }))
    const { CiphertextBlob, Plaintext } = answer
    if (!Plaintext || !CiphertextBlob) throw new Error('KMS made no data key.')
    return { plain: Plaintext, wrapped: CiphertextBlob, keyId: answer.KeyId ?? keyId }
  },
  open: async (secret, place) => {
    const command = new DecryptCommand({
      KeyId: secret.keyId,
      CiphertextBlob: Buffer.from(secret.wrappedKey, 'base64'),
      EncryptionContext: contextOf(place),
    })
    const { Plaintext } = await client.send(command).catch(refuse)
    if (!Plaintext) throw new Error('KMS gave no data key.')
    return Plaintext
  },
  rewrap: async (secret, place) => {
    const command = new ReEncryptCommand({
      CiphertextBlob: Buffer.from(secret.wrappedKey, 'base64'),
      SourceKeyId: secret.keyId,
      SourceEncryptionContext: contextOf(place),
      DestinationKeyId: keyId,
      DestinationEncryptionContext: contextOf(place),
    })
    const { CiphertextBlob, KeyId = keyId } = await client.send(command).catch(refuse)
    if (!CiphertextBlob) throw new Error('KMS gave no data key.')
    return { wrappedKey: base64(CiphertextBlob), keyId: KeyId }
  },
})

const idOf = (fileKey: Uint8Array): string => `file:${createHash('sha256').update(fileKey).digest('hex').slice(0, 16)}`

const lost = 'Without it no access token and no credential can be read.'

/** On a laptop: the key in a file. While a rotation is under way, the key in the next file encrypts. */
export const fileWrappingKey = (path: string): WrappingKey => {
  const newest = async (): Promise<Uint8Array> => {
    const known = await readKeyFiles(path, lost)
    return known.at(-1)!
  }
  const open: WrappingKey['open'] = async ({ wrappedKey }, place) => {
    const opened = unsealWithAny(await readKeyFiles(path, lost), textOf(place), Buffer.from(wrappedKey, 'base64'))
    if (!opened) throw new KeyRefused(`The key file ${path} is not the one that encrypted this secret, or the secret was changed.`)
    return opened
  }
  return {
    make: async place => {
      await readOrMakeKeyFile(path)
      const [key, plain] = [await newest(), randomBytes(keyBytes)]
      return { plain, wrapped: seal(key, textOf(place), plain), keyId: idOf(key) }
    },
    open,
    rewrap: async (secret, place) => {
      const [key, plain] = [await newest(), await open(secret, place)]
      return { wrappedKey: base64(seal(key, textOf(place), plain)), keyId: idOf(key) }
    },
  }
}

/** Begins a rotation of the key file: makes the next one, or finds that of a rotation that was stopped. */
export const makeNextKeyFile = async (path: string): Promise<void> => {
  await readOrMakeKeyFile(path)
  await readOrMakeKeyFile(nextOf(path))
}

/** The key of this platform: that in a file on a laptop, otherwise that in KMS. */
export const platformWrappingKey = (): WrappingKey => {
  const environment = readEnvironment()
  const { CREDENTIAL_KEY_FILE: file } = environment
  return file === undefined ? kmsWrappingKey(required(environment, 'CREDENTIAL_KEY_ID')) : fileWrappingKey(file)
}

/** Encrypts a secret for its row, with a data key of its own. */
export const sealSecret = async (plain: string, place: SecretPlace, key = platformWrappingKey()): Promise<SealedSecret> => {
  const { keyId, plain: dataKey, wrapped } = await key.make(place)
  return { sealed: base64(seal(dataKey, textOf(place), Buffer.from(plain, 'utf8'))), wrappedKey: base64(wrapped), keyId }
}

/** The secret of a row. @throws KeyRefused if it is not that of the row, was changed, or its key is gone */
export const openSecret = async (secret: SealedSecret, place: SecretPlace, key = platformWrappingKey()): Promise<string> => {
  const dataKey = await key.open(secret, place)
  try {
    return unseal(dataKey, textOf(place), Buffer.from(secret.sealed, 'base64')).toString('utf8')
  } catch {
    throw new KeyRefused('A secret is not that of its row, or was changed.')
  }
}
