import { randomBytes } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { readEnvironment, required } from '../../runtime/environment.ts'
import { KeyRefused, keyBytes, nextOf, readKeyFile, readKeyFiles, readOrMakeKeyFile, unsealWithAny, seal } from '../../runtime/key-file.ts'
import type { KeepingStore } from '../../runtime/object-store.ts'

/** Keeps the data key of each backup, encrypted by another key. */
export interface DataKeys {
  /** Makes and keeps a new key of 32 bytes. */
  make(backupId: string): Promise<Uint8Array>
  /** @throws KeyRefused */
  read(backupId: string): Promise<Uint8Array>
  /** The object that holds the key. Without it, a backup can never be read again. */
  objectOf(backupId: string): string
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === 'ENOENT') || error.name === 'NoSuchKey')

const lost = 'Without it no backup can be read.'

const besideBackup = (backupId: string): string => `backups/${backupId}/key`

/** On a laptop: the keys lie beside their backups, each encrypted with the key in a file. */
export const fileKeys = (path: string, store: KeepingStore): DataKeys => ({
  make: async backupId => {
    const dataKey = randomBytes(keyBytes)
    await store.put(besideBackup(backupId), seal(await readOrMakeKeyFile(path), backupId, dataKey))
    return dataKey
  },
  read: async backupId => {
    const known = await readKeyFiles(path, lost)
    const wrapped = await store.get(besideBackup(backupId)).catch((error: unknown) => {
      throw isMissing(error) ? new KeyRefused(`The backup ${backupId} has no key in the store.`) : error
    })
    const dataKey = unsealWithAny(known, backupId, wrapped)
    if (dataKey === undefined)
      throw new KeyRefused(
        `The key file ${path} is not the one with which the backup ${backupId} was made, or the key in the store was changed.`,
      )
    return dataKey
  },
  objectOf: besideBackup,
})

export interface KeyRotation {
  /** The backups with keys that the new file opens. */
  readonly changed: readonly string[]
  /** The backups with keys that neither file opens. Their keys are as before. */
  readonly refused: readonly string[]
}

/**
 * Makes a new key file and encrypts the key of every backup with it; the backups stay as they are. No backup may be made or read meanwhile.
 * If it is stopped, all backups can still be read, and the next call goes on.
 * @throws KeyRefused if there is no key file
 */
export const rotateKeyFile = async (path: string, store: KeepingStore): Promise<KeyRotation> => {
  const known = [await readKeyFile(path, lost), await readOrMakeKeyFile(nextOf(path))] as const
  const changed: string[] = []
  const refused: string[] = []
  for (const { key } of await store.list('backups/')) {
    const backupId = key.split('/')[1]!
    if (key !== besideBackup(backupId)) continue
    const dataKey = unsealWithAny(known, backupId, await store.get(key))
    if (dataKey === undefined) refused.push(backupId)
    else {
      await store.put(key, seal(known[1], backupId, dataKey))
      changed.push(backupId)
    }
  }
  await rename(nextOf(path), path)
  return { changed, refused }
}

const ownObject = (backupId: string): string => `keys/${backupId}`

/** S3 uses the key in KMS with the rights of its caller: it refuses the object if KMS refuses, or if the key is disabled or deleted. */
const isRefused = (error: unknown): boolean => error instanceof Error && (error.name === 'AccessDenied' || error.name.startsWith('KMS.'))

/**
 * In AWS: each key is an object of the bucket, which S3 encrypts with a key in KMS. Functions inside the VPC reach S3 but not KMS.
 */
export const bucketKeys = (store: KeepingStore): DataKeys => ({
  make: async backupId => {
    const dataKey = randomBytes(keyBytes)
    await store.putOnce(ownObject(backupId), dataKey)
    return dataKey
  },
  read: async backupId => {
    const dataKey = await store.get(ownObject(backupId)).catch((error: unknown) => {
      if (isMissing(error)) throw new KeyRefused(`The backup ${backupId} has no key in the store.`)
      throw isRefused(error) ? new KeyRefused(`S3 or KMS refuses the key of the backup ${backupId}: ${(error as Error).message}`) : error
    })
    if (dataKey.length !== keyBytes)
      throw new KeyRefused(`The key of the backup ${backupId} has ${dataKey.length} bytes instead of ${keyBytes}.`)
    return dataKey
  },
  objectOf: ownObject,
})

/** The keys of the backups in this store: in its bucket, or on a laptop encrypted with the key in a file. */
export const dataKeys = (store: KeepingStore): DataKeys => {
  const environment = readEnvironment()
  const isInAws = environment.BACKUP_BUCKET !== undefined && environment.BACKUP_KEY_FILE === undefined
  return isInAws ? bucketKeys(store) : fileKeys(required(environment, 'BACKUP_KEY_FILE'), store)
}
