export {
  type AnchoredHead,
  anchorKey,
  anchorPrefix,
  anchorText,
  dayOfAnchor,
  parseAnchor,
  publicKeyKey,
  type SignedAnchor,
} from './audit-anchor.ts'
export { type AuditFinding, auditFindingKinds } from './audit-findings.ts'
export { noHash, rootOf, type Seal, sealedRows, sealHash } from './audit-seal.ts'
export { type ChainOfEntries, compareEntries, entryStates, isSealIntact, type SealInChain } from './own-entries.ts'
export { expiredBackups, type KeptBackup } from './backup-retention.ts'
export type * from './database-state.ts'
export { type MaintenanceStep, planAnalyze, planEmptied, planLeftovers, planReindex, planVacuum } from './plan-maintenance.ts'
export { recommend } from './recommend.ts'
export {
  type AnchorObject,
  countingRecords,
  numberOfRestoreRecord,
  parseRestoreRecord,
  restoreRecordKey,
  type RestoreRecordHead,
  restoreRecordPrefix,
  restoreRecordText,
  type SignedRestoreRecord,
} from './restore-record.ts'
export { type OverdueRetention, overdueRetention, type PolicyDue } from './retention-overdue.ts'
export { blockers } from './recommend-sessions.ts'
export type { Recommendation, Severity } from './recommendation.ts'
export { blockedSeconds, connectionShare, longTransactionSeconds, overdueRetentionHours } from './thresholds.ts'
export { bytesText, countText, percentText } from './words.ts'
