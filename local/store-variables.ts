import { join } from 'node:path'
import type { EnvironmentVariables } from '../lambdas/runtime/environment.ts'

/** The variables of the stores and keys in the data folder of a platform on this machine. Its functions and its operator commands use them. */
export const storeVariables = (dataFolder: string) =>
  ({
    AUDIT_ANCHOR_FOLDER: join(dataFolder, 'anchors'),
    AUDIT_SIGNING_KEY_FILE: join(dataFolder, 'keys', 'audit.pem'),
    BACKUP_FOLDER: join(dataFolder, 'store'),
    BACKUP_KEY_FILE: join(dataFolder, 'keys', 'backup.key'),
    LEDGER_WORK_FOLDER: join(dataFolder, 'ledger-work'),
    CREDENTIAL_KEY_FILE: join(dataFolder, 'keys', 'credential.key'),
  }) satisfies EnvironmentVariables
