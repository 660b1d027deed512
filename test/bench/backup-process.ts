/**
 * The process of the backup bench: `node backup-process.mjs TASK SETTINGS` runs one task and prints its time and the most memory of the
 * whole process. The bench bundles it first, as functions are: Node needs 100 MB to read TypeScript.
 */
import { readFileSync } from 'node:fs'
import type { DatabaseLocation } from '../../db/connections.ts'
import { createBackup } from '../../lambdas/operations/backups/create-backup.ts'
import { fileKeys } from '../../lambdas/operations/backups/keys.ts'
import { readManifest } from '../../lambdas/operations/backups/manifest.ts'
import { compareWithManifest, fillFromBackup } from '../../lambdas/operations/backups/restore-backup.ts'
import { folderStore } from '../../lambdas/runtime/object-store.ts'

export interface BackupTask {
  /** The database to back up, or to fill. */
  readonly location: DatabaseLocation
  readonly storeFolder: string
  readonly keyFile: string
  readonly backupId: string
}

export interface TaskResult {
  readonly ms: number
  readonly megabytes: number
  readonly contentBytes: number
}

const tasks = {
  backup: async ({ backupId: id, location }: BackupTask) => {
    const { manifest } = await createBackup({ location, id, ...place, reason: 'command', environment: 'local' })
    return manifest
  },
  restore: async ({ backupId, location }: BackupTask) => {
    const manifest = await readManifest(place.store, await place.keys.read(backupId), backupId)
    await fillFromBackup(location, manifest, { location, backupId, ...place })
    return manifest
  },
  compare: async ({ backupId, location }: BackupTask) => {
    const manifest = await readManifest(place.store, await place.keys.read(backupId), backupId)
    const differences = await compareWithManifest(location, manifest)
    if (differences.length > 0) throw new Error(differences.join('\n'))
    return manifest
  },
}

const settings = JSON.parse(process.argv[3]!) as BackupTask
const store = folderStore(settings.storeFolder)
const place = { store, keys: fileKeys(settings.keyFile, store) }
const startedAt = performance.now()
const { contentBytes } = await tasks[process.argv[2] as keyof typeof tasks](settings)
const ms = performance.now() - startedAt
const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))!
const result: TaskResult = { ms, megabytes: Number(kilobytes) / 1000, contentBytes }
console.log(JSON.stringify(result))
