import { identityCommands } from './identity/commands.ts'
import { barCommands } from './market/bar-commands.ts'
import { returnCommands } from './market/return-commands.ts'
import { auditCommands } from './operations/audit-commands.ts'
import { backupCommands } from './operations/backup-commands.ts'
import { operationsCommands } from './operations/commands.ts'
import { maintenanceCommands } from './operations/maintenance-commands.ts'
import { setupCommands } from './operations/setup-commands.ts'
import { eventCommands } from './operations/event-commands.ts'
import { retentionCommands } from './operations/retention-commands.ts'
import type { OperatorCommand } from './runtime/command.ts'
import { wealthCommands } from './wealth/commands.ts'

/**
 * In AWS a restore is one of the cluster, KMS rotates the key of backups, and only the job that seals may sign: see "Restore", "Rotate keys and
 * secrets" and "Tampered audit" in docs/runbook.md.
 */
const onlyOnLaptops: ReadonlySet<OperatorCommand> = new Set<OperatorCommand>([
  backupCommands.restore,
  backupCommands.rotateKey,
  auditCommands.declare,
])

/** Every command that also runs in AWS. */
export const commands: readonly OperatorCommand[] = [
  operationsCommands,
  auditCommands,
  backupCommands,
  maintenanceCommands,
  setupCommands,
  eventCommands,
  retentionCommands,
  identityCommands,
  returnCommands,
  barCommands,
  wealthCommands,
]
  .flatMap(table => Object.values<OperatorCommand>(table))
  .filter(command => !onlyOnLaptops.has(command))
