import * as z from 'zod'
import { backupStore } from '../../runtime/backup-store.ts'
import type { CommandContext } from '../../runtime/command.ts'
import { readEnvironment } from '../../runtime/environment.ts'
import { dataKeys } from './keys.ts'
import type { BackupContext } from './run.ts'

/** What backups and restores need, from the context of a command. */
export const contextOf = ({ inTransaction, location, progress, remainingMilliseconds }: CommandContext): BackupContext => {
  const store = backupStore()
  return {
    location,
    store,
    keys: dataKeys(store),
    environment: readEnvironment().NESTEGG_ENVIRONMENT,
    inTransaction,
    onStep: progress,
    remainingMilliseconds,
  }
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`

/** `latest`, `previous`, an id, or the beginning of one. */
export const backupName = z.string().min(4).max(40)
