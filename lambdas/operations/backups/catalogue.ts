import * as z from 'zod'
import type { KeepingStore } from '../../runtime/object-store.ts'
import { folderOf, manifestKey, readUnverified } from './manifest.ts'

const goodForm = z.strictObject({ verifiedAt: z.iso.datetime({ offset: true }) })

const goodKey = (backupId: string): string => `${folderOf(backupId)}good.json`

/** A backup in the store, as its manifest describes it. */
export interface StoredBackup {
  readonly id: string
  readonly snapshotAt: string
  readonly reason: string
  readonly rows: number
  readonly sizeBytes: number
  /** When it was restored and found equal; null until then. */
  readonly verifiedAt: string | null
}

export interface StoreContent {
  /** The newest first. */
  readonly backups: readonly StoredBackup[]
  /** Folders without a manifest: of backups that are being made, or were stopped. */
  readonly unfinished: readonly { readonly id: string; readonly newestObjectAt: Date }[]
}

/** Reads what the store holds. The store, and not the database, knows which backups exist. */
export const readStore = async (store: KeepingStore): Promise<StoreContent> => {
  const objects = await store.list('backups/')
  const folders = Map.groupBy(objects, ({ key }) => key.split('/')[1]!)
  const backups: StoredBackup[] = []
  const unfinished: { id: string; newestObjectAt: Date }[] = []
  for (const [id, own] of folders) {
    if (!own.some(({ key }) => key === manifestKey(id))) {
      unfinished.push({ id, newestObjectAt: new Date(Math.max(...own.map(({ storedAt }) => storedAt.getTime()))) })
      continue
    }
    const { reason, rows, sizeBytes, snapshotAt } = await readUnverified(store, id)
    const isGood = own.some(({ key }) => key === goodKey(id))
    const verifiedAt = isGood ? goodForm.parse(JSON.parse(Buffer.from(await store.get(goodKey(id))).toString())).verifiedAt : null
    backups.push({ id, snapshotAt, reason, rows, sizeBytes, verifiedAt })
  }
  return { backups: backups.toSorted((a, b) => (a.snapshotAt < b.snapshotAt ? 1 : -1)), unfinished }
}

/** Marks a backup as restored and found equal. */
export const markGood = (store: KeepingStore, backupId: string, verifiedAt: string): Promise<void> =>
  store.put(goodKey(backupId), Buffer.from(JSON.stringify({ verifiedAt })))

/** The backup that a person names: by its id, the beginning of it, or `latest`, the newest good one. */
export const chooseBackup = ({ backups }: StoreContent, name: string): StoredBackup => {
  if (name === 'latest') {
    const newest = backups.find(({ verifiedAt }) => verifiedAt !== null)
    if (!newest) throw new Error('There is no good backup.')
    return newest
  }
  const [found, second] = backups.filter(({ id }) => id.startsWith(name))
  if (!found) throw new Error(`There is no backup ${name}.`)
  if (second) throw new Error(`Several backups begin with ${name}: give more of the id.`)
  return found
}
